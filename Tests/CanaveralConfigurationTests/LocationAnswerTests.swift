import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

/// What locations answer with.
@Suite("Answers of locations", .timeLimit(.minutes(10)))
struct LocationAnswerTests {
    @Test("Redirects, for now and for good, with what is beneath, what groups found, and the query")
    func redirects() async throws {
        let text =
            "[[host]]\nname = \"localhost\"\n"
            + LocationTests.location("path = \"/old/\"", "redirect = \"/new/**\"")
            + LocationTests.location("path = \"/away\"", "redirect = \"gemini://example.org/a/**\"", "permanent = true")
            + LocationTests.location("path = \"/all\"", "redirect = \"/top\"")
            + LocationTests.location("exact = \"/feed.xml\"", "redirect = \"/atom.xml\"", "permanent = true")
            + LocationTests.location("regex = \"/users/([a-z]+)/([0-9]+)\"", "redirect = \"/~$1/log/$2\"")
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

    @Test("A redirect answers whatever spelling of a path its location is found by")
    func spelledOtherwise() async throws {
        let text =
            "[[host]]\nname = \"localhost\"\n"
            + LocationTests.location("path = \"/p/\"", "redirect = \"/q/**\"")
            + LocationTests.location("exact = \"/e\"", "redirect = \"/f\"")
            + LocationTests.location("exact = \"/a;b/{c}\"", "redirect = \"/g/**\"")
            + LocationTests.location("regex = \"/b/(\\\\w+)\"", "redirect = \"/c?$1\"")
            + LocationTests.location("regex = \"/r(/+)x\"", "redirect = \"/s$1\"")
        try await ConfiguredSite().serve(text) { server async throws in
            for (path, expected) in [
                ("/b/x", "30 /c?x"), ("//b/x", "30 /c?x"), ("/b//x", "30 /c?x"), ("//b//%78?q", "30 /c?x"),
                ("/b/x/", "51 Not found"), ("/r///x", "30 /s/"),
                ("/e", "30 /f"), ("//e?q", "30 /f?q"), ("/%65", "30 /f"), ("//e/", "51 Not found"),
                ("/a%3Bb//%7Bc%7D", "30 /g/"),
                ("/p", "30 /q/"), ("//p", "30 /q/"), ("//p/", "30 /q/"), ("//%70/a/?q", "30 /q/a/?q"),
                ("/px", "51 Not found"),
            ] {
                try await server.expect(path, header: expected)
            }
            #expect(try await server.upload("x", to: "/p/x").hasPrefix("5"))
        }
    }

    @Test("A fixed answer")
    func answers() async throws {
        let text =
            LocationTests.host + LocationTests.location("exact = \"/gone.gmi\"", "answer = \"52 Gone\"")
            + LocationTests.location("path = \"/ask\"", "answer = \"10 Your name\"")
        try await ConfiguredSite(["root/gone.gmi": "still there\n"]).serve(text) { server async throws in
            try await server.expect("/gone.gmi", header: "52 Gone")
            try await server.expect("/ask/x", header: "10 Your name")
        }
    }

    @Test("Uploads: by token, by certificate, to the location's folder, and nowhere else (TI-27, DA-36)")
    func uploads() async throws {
        let writer = try TestIdentity()
        let fingerprint = try Fingerprint(of: writer.der).spelled(.jetforce)
        let site = try ConfiguredSite(["notes/index.gmi": "notes\n", "root/index.gmi": "home\n"])
        try site.folder.makeFolder("mine")
        let text =
            LocationTests.host
            + LocationTests.location("path = \"/notes/\"", "root = \"notes\"", "titan = { token = \"swordfish\" }")
            + LocationTests.location(
                "path = \"/mine/\"",
                "titan = { directory = \"mine\", allow-certificates = \"\(fingerprint)\", size = \"10B\" }"
            )
            + LocationTests.location("exact = \"/gone\"", "answer = \"52 Gone\"")
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
            for path in ["/x", "/", "/gone", "/notes2/x"] {
                #expect(
                    try await server.upload("x", to: path, parameters: ";token=swordfish")
                        == "50 Nothing can be uploaded or edited at this path",
                    "\(path)"
                )
            }
        }
        try await site.serve(LocationTests.host) { server async throws in
            #expect(
                try await server.upload("x", to: "/x") == "53 Nothing can be uploaded or edited on this host"
            )
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
        try await site.serve(LocationTests.host + LocationTests.location("path = \"/cgi-bin/\"", cgi)) {
            server async throws in
            try await server.expect("/cgi-bin/show/a/b", text: "/cgi-bin/show|/a/b|")
            for path in ["/cgi-bin/show", "//cgi-bin//show", "/cgi%2Dbin/show"] {
                #expect(try await server.text(path).contains("show|"), "\(path)")
            }
            let line = "titan://localhost/cgi-bin/show;size=5;mime=text/plain\r\nhello"
            #expect(try await server.answer(to: Array(line.utf8)).text.hasSuffix("||hello"))
            #expect(try await server.upload("x", to: "/x").hasPrefix("50 "))
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

    @Test("Content that a location sets by .meta files, by character set, and by header and footer of listings")
    func content() async throws {
        let site = try ConfiguredSite([
            "root/.meta": "*.gmi: ;lang=el\nold.txt: 52 Gone\n", "root/x.gmi": "x\n", "root/old.txt": "old\n",
            "root/a/x.txt": "x\n", "root/a/HEAD": "# Above\n", "root/a/FOOT": "Below\n",
        ])
        let text =
            LocationTests.host + "meta-files = true\n"
            + LocationTests.location(
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
