import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

/// Which location of a host answers, and with what.
@Suite("Locations", .timeLimit(.minutes(10)))
struct LocationTests {
    private static let host = """
        [[host]]
        name = "localhost"
        root = "root"

        """

    private static func location(_ lines: String...) -> String {
        "[[host.location]]\n" + lines.joined(separator: "\n") + "\n"
    }

    @Test("An exact path goes before regular expressions, these before the longest prefix, and that before the host")
    func order() async throws {
        let site = try ConfiguredSite([
            "root/other.gmi": "the host's\n", "root/membership": "the host's\n", "root/a/x.gmi": "the host's\n",
        ])
        let text =
            Self.host
            + Self.location("path = \"/a\"", "answer = \"41 prefix a\"")
            + Self.location("path = \"/a/b/\"", "answer = \"41 prefix b\"")
            + Self.location("regex = \"/a/[0-9]+\"", "answer = \"41 first regex\"")
            + Self.location("regex = \"/a/.*9\"", "answer = \"41 second regex\"")
            + Self.location("exact = \"/a/b/c\"", "answer = \"41 exact\"")
            + Self.location("exact = \"/a/12\"", "answer = \"41 exact number\"")
            + Self.location("path = \"/members\"", "answer = \"41 members\"")
        try await site.serve(text) { server async throws in
            for (path, expected) in [
                ("/a/b/c", "41 exact"), ("/a/12", "41 exact number"), ("/a/13", "41 first regex"),
                ("/a/9", "41 first regex"), ("/a/x9", "41 second regex"), ("/a/b/x9", "41 second regex"),
                ("/a/b/d", "41 prefix b"), ("/a/b/", "41 prefix b"), ("/a/b", "41 prefix b"), ("/a/bc", "41 prefix a"),
                ("/a/", "41 prefix a"), ("/a", "41 prefix a"), ("/a/b/c/", "41 prefix b"), ("/a/b/c/d", "41 prefix b"),
                ("/a/13/", "41 prefix a"), ("/members", "41 members"), ("/members/x", "41 members"),
                ("/membership", "the host's\n"), ("/other.gmi", "the host's\n"), ("/b", "51 Not found"),
            ] {
                try await server.expect(path, text: expected)
            }
        }
    }

    @Test(
        "No spelling of a path leads past its location: a program's source is never shown",
        arguments: [
            "path = \"/cgi-bin/\"", "path = \"/cgi-bin\"", "regex = \"/cgi-bin/.*\"", "path = \"//cgi%2Dbin//\"",
        ]
    )
    func spellings(_ place: String) async throws {
        let site = try ConfiguredSite(["root/cgi-bin/show": "#!/bin/sh\necho secret\n", "root/a/x": "x"])
        let text = Self.host + Self.location(place, "answer = \"41 guarded\"")
        try await site.serve(text) { server async throws in
            for path in [
                "/cgi-bin/show", "//cgi-bin/show", "//cgi-bin//show", "/cgi%2Dbin/show", "/cgi%2dbin/show",
                "/a/../cgi-bin/show", "/a/%2E%2E/cgi-bin/show", "/./cgi-bin/show", "/cgi-bin/./show",
                "///cgi-bin///show",
                "/%63gi-bin/show", "/cgi-bin/x/../show", "/cgi-bin//show",
            ] {
                try await server.expect(path, text: "41 guarded")
            }
            for path in ["/cgi-bin%2Fshow", "/%2Fcgi-bin/show", "/a/..%2Fcgi-bin/show", "/%2e%2e%2Fcgi-bin/show"] {
                let answer = try await server.text(path)
                #expect(answer == "41 guarded" || answer.hasPrefix("5"), "\(path): \(answer)")
            }
        }
    }

    @Test("A location that shows a folder is redirected to its slash; files of the host's root stay where they are")
    func folders() async throws {
        let site = try ConfiguredSite([
            "root/en/index.gmi": "host's en\n", "root/page.gmi": "page\n", "other/index.gmi": "other\n",
            "other/deep/x.gmi": "deep\n", "root/other/x.gmi": "hidden behind the location\n",
        ])
        let text =
            Self.host + Self.location("path = \"/en/\"", "language = \"en\"")
            + Self.location("path = \"/other\"", "root = \"other\"")
            + Self.location("regex = \"/.*\\\\.txt\"", "root = \"other\"")
        try await site.serve(text) { server async throws in
            try await server.expect("/en?q=1", header: "31 gemini://localhost/en/?q=1")
            try await server.expect("/en/", header: "20 text/gemini; lang=en")
            try await server.expect("/other", header: "31 gemini://localhost/other/")
            try await server.expect("/other/", text: "other\n")
            try await server.expect("//other//deep/x.gmi", text: "deep\n")
            try await server.expect("/other/x.gmi", header: "51 Not found")
            try await server.expect("/other/deep", header: "31 /other/deep/")
            try await server.expect("/page.gmi", header: "20 text/gemini")
        }
    }

    @Test("Redirects, for now and for good, with what is beneath, what groups found, and the query")
    func redirects() async throws {
        let text =
            "[[host]]\nname = \"localhost\"\n"
            + Self.location("path = \"/old/\"", "redirect = \"/new/**\"")
            + Self.location("path = \"/away\"", "redirect = \"gemini://example.org/a/**\"", "permanent = true")
            + Self.location("path = \"/all\"", "redirect = \"/top\"")
            + Self.location("exact = \"/feed.xml\"", "redirect = \"/atom.xml\"", "permanent = true")
            + Self.location("regex = \"/users/([a-z]+)/([0-9]+)\"", "redirect = \"/~$1/log/$2\"")
        try await ConfiguredSite().serve(text) { server async throws in
            for (path, expected) in [
                ("/old/a/b?q=1", "30 /new/a/b?q=1"), ("/old/", "30 /new/"), ("/old", "30 /new/"),
                ("/away/x", "31 gemini://example.org/a/x"), ("/all/x/y", "30 /top"), ("/all", "30 /top"),
                ("/feed.xml?x", "31 /atom.xml?x"), ("/feed.xml/", "51 Not found"),
                ("/users/ada/12?q", "30 /~ada/log/12?q"), ("/users/ada/x", "51 Not found"),
            ] {
                try await server.expect(path, header: expected)
            }
        }
    }

    @Test("A fixed answer")
    func answers() async throws {
        let text =
            Self.host + Self.location("exact = \"/gone.gmi\"", "answer = \"52 Gone\"")
            + Self.location("path = \"/ask\"", "answer = \"10 Your name\"")
        try await ConfiguredSite(["root/gone.gmi": "still there\n"]).serve(text) { server async throws in
            try await server.expect("/gone.gmi", header: "52 Gone")
            try await server.expect("/ask/x", header: "10 Your name")
        }
    }

    @Test("Roots by host, and homes of users, with locations beside and within them")
    func patterns() async throws {
        let site = try ConfiguredSite([
            "hosts/localhost/index.gmi": "localhost's\n", "hosts/b.localhost/index.gmi": "b's\n",
            "home/ada/public/index.gmi": "ada's\n", "home/ada/public/private/x.gmi": "x\n", "home/ada/secret": "s\n",
        ])
        let text = """
            [[host]]
            name = "localhost"
            aliases = ["b.localhost", "c.localhost"]
            root = "hosts/{host}"
            users = "home/{user}/public"
            [[host.location]]
            path = "/~ada/private/"
            language = "de"
            """
        try await site.serve(text) { server async throws in
            try await server.expect("/", text: "localhost's\n")
            for (host, expected) in [("b", "20 text/gemini"), ("c", "51 Not found")] {
                var tls = TestConnection.TLS()
                tls.serverName = "\(host).localhost"
                #expect(try await server.answer(to: "gemini://\(host).localhost/", tls: tls).header == expected)
            }
            try await server.expect("/~ada/", text: "ada's\n")
            try await server.expect("/~ada", header: "31 /~ada/")
            try await server.expect("/~bob/", header: "51 Not found")
            try await server.expect("/~ada/../secret", header: "51 Not found")
            try await server.expect("/~ada/private/x.gmi", header: "20 text/gemini; lang=de")
        }
    }

    @Test("Uploads: by token, by certificate, to the location's folder, and nowhere else (TI-27)")
    func uploads() async throws {
        let writer = try TestIdentity()
        let fingerprint = try Fingerprint(of: writer.der).spelled(.jetforce)
        let site = try ConfiguredSite(["notes/index.gmi": "notes\n", "root/index.gmi": "home\n"])
        try site.folder.makeFolder("mine")
        let text =
            Self.host
            + Self.location("path = \"/notes/\"", "root = \"notes\"", "titan = { token = \"swordfish\" }")
            + Self.location(
                "path = \"/mine/\"",
                "titan = { directory = \"mine\", allow-certificates = \"\(fingerprint)\", size = \"10B\" }"
            )
            + Self.location("exact = \"/gone\"", "answer = \"52 Gone\"")
        try await site.serve(text) { server async throws in
            #expect(
                try await server.upload("hello", to: "/notes/a.txt", parameters: ";token=swordfish").hasPrefix("30 ")
            )
            try await server.expect("/notes/a.txt", text: "hello")
            #expect(try site.content("notes/a.txt") == "hello")
            for refused in ["", ";token=wrong"] {
                let answer = try await server.upload("bye", to: "/notes/a.txt", parameters: refused)
                #expect(!answer.hasPrefix("2") && !answer.hasPrefix("3"), "\(answer)")
            }
            #expect(try site.content("notes/a.txt") == "hello")
            let tls = try writer.tls()
            #expect(try await server.upload("hello", to: "/mine/a.txt", tls: tls).hasPrefix("30 "))
            #expect(try await server.upload("hello", to: "/mine/a.txt").hasPrefix("60 "))
            #expect(try await server.upload("hello", to: "/mine/a.txt", tls: try TestIdentity().tls()).hasPrefix("61 "))
            #expect(try await server.upload("hello, world", to: "/mine/b.txt", tls: tls).hasPrefix("5"))
            try await server.expect("/mine/a.txt", text: "hello")
            for path in ["/x", "/", "/gone", "/notes2/x", "/notes%2Fx"] {
                #expect(
                    try await server.upload("x", to: path, parameters: ";token=swordfish").hasPrefix("53 "),
                    "\(path)"
                )
            }
        }
        try await site.serve(Self.host) { server async throws in
            #expect(try await server.upload("x", to: "/x").hasPrefix("53 "))
        }
    }

    @Test(
        "Programs answer at their location and beneath it, take uploads where they may, and their folder is not shown"
    )
    func programs() async throws {
        let site = try ConfiguredSite(["root/index.gmi": "home\n"])
        let script = try site.folder.write(
            "#!/bin/sh\nprintf '20 text/plain\\r\\n%s|%s|' \"$SCRIPT_NAME\" \"$PATH_INFO\"\ncat\n",
            to: "root/cgi-bin/show"
        )
        #expect(chmod(script, 0o755) == 0 && chmod(site.folder.path("root/cgi-bin"), 0o755) == 0)
        let cgi = "cgi = { directory = \"root/cgi-bin\", uploads = true, confined = false }"
        try await site.serve(Self.host + Self.location("path = \"/cgi-bin/\"", cgi)) { server async throws in
            try await server.expect("/cgi-bin/show/a/b", text: "/cgi-bin/show|/a/b|")
            for path in ["/cgi-bin/show", "//cgi-bin//show", "/cgi%2Dbin/show"] {
                #expect(try await server.text(path).contains("show|"), "\(path)")
            }
            let line = "titan://localhost/cgi-bin/show;size=5;mime=text/plain\r\nhello"
            #expect(try await server.answer(to: Array(line.utf8)).text.hasSuffix("||hello"))
            #expect(try await server.upload("x", to: "/x").hasPrefix("53 "))
            try await server.expect("/", text: "home\n")
        }
    }

    @Test("What a location does not say of its content, its host does, and else the top of the file")
    func inheritance() async throws {
        let site = try ConfiguredSite([
            "root/home.gmi": "home\n", "root/fr/home.gmi": "accueil\n", "root/fr/start.gmi": "start\n",
            "root/open/b.gmi": "# Second\n", "root/open/a.gmi": "# First\n", "root/closed/a.gmi": "a\n",
            "root/x.gmni": "x\n", "root/fr/x.gmni": "x\n", "root/fr/y.log": "y\n",
        ])
        let text = """
            language = "en"
            index = "home.gmi"
            listing = false
            media-types = { gmni = "text/gemini" }
            [[host]]
            name = "localhost"
            root = "root"
            [[host.location]]
            path = "/fr/"
            language = "fr"
            index = "start.gmi"
            media-types = { log = "text/x-log" }
            [[host.location]]
            path = "/open/"
            listing = true
            listing-titles = true
            listing-order = "-name"
            """
        try await site.serve(text) { server async throws in
            try await server.expect("/", header: "20 text/gemini; lang=en")
            try await server.expect("/", text: "home\n")
            try await server.expect("/fr/", header: "20 text/gemini; lang=fr")
            try await server.expect("/fr/", text: "start\n")
            try await server.expect("/x.gmni", header: "20 text/gemini; lang=en")
            try await server.expect("/fr/x.gmni", header: "20 text/gemini; lang=fr")
            try await server.expect("/fr/y.log", header: "20 text/x-log")
            try await server.expect("/closed/", header: "51 Not found")
            let listing = try await server.text("/open/")
            #expect(listing.contains(/Second[\s\S]*First/), "\(listing)")
        }
    }

    @Test("An exact path is guarded in every spelling, and a slash at its end shows nothing else")
    func exactSpellings() async throws {
        let site = try ConfiguredSite(["root/a+b.gmi": "secret\n", "root/deep/a.gmi": "secret\n"])
        let text =
            Self.host + Self.location("exact = \"/a+b.gmi\"", "answer = \"41 guarded\"")
            + Self.location("regex = \"/d[aeiou]+p/.*[.]gmi\"", "answer = \"41 guarded\"")
        try await site.serve(text) { server async throws in
            for path in [
                "/a+b.gmi", "/a%2Bb.gmi", "//a%2bb.gmi", "/x/../a+b%2Egmi", "/deep/a.gmi", "//deep//a.gmi",
                "/deep/a%2egmi", "/deep//a.gmi",
            ] {
                try await server.expect(path, text: "41 guarded")
            }
            for path in ["/a+b.gmi/", "/deep/a.gmi/", "//deep//a.gmi//"] {
                let answer = try await server.text(path)
                #expect(!answer.contains("secret"), "\(path): \(answer)")
            }
        }
    }

    @Test("Content that a location sets by .meta files, by character set, and by header and footer of listings")
    func content() async throws {
        let site = try ConfiguredSite([
            "root/.meta": "*.gmi: ;lang=el\nold.txt: 52 Gone\n", "root/x.gmi": "x\n", "root/old.txt": "old\n",
            "root/a/x.txt": "x\n", "root/a/HEAD": "# Above\n", "root/a/FOOT": "Below\n",
        ])
        let text =
            Self.host + "meta-files = true\n"
            + Self.location(
                "path = \"/a/\"",
                "charset = \"iso-8859-1\"",
                "listing-header = \"HEAD\"",
                "listing-footer = \"FOOT\""
            )
        try await site.serve(text) { server async throws in
            try await server.expect("/x.gmi", header: "20 text/gemini; lang=el")
            try await server.expect("/old.txt", header: "52 Gone")
            try await server.expect("/a/x.txt", header: "20 text/plain; charset=iso-8859-1")
            let listing = try await server.text("/a/")
            #expect(listing.hasPrefix("# Above\n") && listing.hasSuffix("Below\n"), "\(listing)")
        }
    }
}
