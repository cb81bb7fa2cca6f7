import CanaveralConfiguration
import TestSupport
import Testing

/// Which location of a host answers, and with what.
@Suite("Locations", .timeLimit(.minutes(10)))
struct LocationTests {
    static let host = """
        [[host]]
        name = "localhost"
        root = "root"

        """

    static func location(_ lines: String...) -> String {
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

    @Test(
        "An expression that would have a backtracking engine try for ever holds up neither its own visitors nor others"
    )
    func linearTime() async throws {
        let text =
            Self.host
            + Self.location("regex = \"/(a+)+b\"", "answer = \"41 all of them\"")
            + Self.location("regex = \"/((?:a|aa)+)+/(.*)\"", "redirect = \"/$2\"")
        try await ConfiguredSite(["root/page.gmi": "page\n"]).serve(text) { server async throws in
            let long = String(repeating: "a", count: 980)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        switch number % 4 {
                        case 0: try await server.expect("/\(long)", header: "51 Not found")
                        case 1: try await server.expect("/\(long)b", text: "41 all of them")
                        case 2: try await server.expect("/\(long)/x", header: "30 /x")
                        default: try await server.expect("/page.gmi", text: "page\n")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("An expression that is not supported is an error with its place")
    func unsupportedExpression() throws {
        let text = Self.host + Self.location("regex = '/(a)\\1'", "answer = \"41 no\"")
        let error = try #require(throws: InvalidConfiguration.self) { try ConfiguredSite().read(text) }
        #expect(
            "\(error)".contains(
                "The regular expression '/(a)\\1' cannot be used: '\\1' at character 5 is a back-reference"
            )
        )
    }

    @Test("A location's expression and path meet in the path's encoding")
    func encodedExpression() async throws {
        let text = Self.host + Self.location("regex = \"/(?:ä b|日)/.*\"", "answer = \"41 here\"")
        try await ConfiguredSite().serve(text) { server async throws in
            for path in ["/%C3%A4%20b/x", "/%c3%a4%20%62/x", "//%E6%97%A5//"] {
                try await server.expect(path, text: "41 here")
            }
        }
    }
}
