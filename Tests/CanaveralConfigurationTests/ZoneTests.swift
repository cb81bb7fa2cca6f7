import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

/// Places for those with a certificate.
@Suite("Certificate zones of a configuration", .timeLimit(.minutes(10)))
struct ZoneTests {
    @Test(
        "GP-157: who comes deeper into a zone without a certificate is sent to its top, and asked there",
        arguments: [
            "path = \"/members/\"", "path = \"/members\"", "path = \"/members/\"\nroot = \"zone\"",
            "path = \"/members/\"\nlanguage = \"en\"\nroot = \"zone\"",
        ]
    )
    func zones(_ location: String) async throws {
        try await PolicyTests.serve(
            "\(location)\nrequire-certificate = true\ncertificate-prompt = \"Members only\""
        ) { server, _ async throws in
            try await server.expect("/", header: "20 text/gemini")
            try await server.expect("/members/", header: "60 Members only")
            try await server.expect("/members/deep/x.gmi?q", header: "30 gemini://localhost/members/")
            #expect(try await !server.header("//members//deep/x.gmi").hasPrefix("2"))
            let visitor = try TestIdentity().tls()
            try await server.expect("/members/", tls: visitor, text: location.contains("zone") ? "zone\n" : "members\n")
            #expect(try await server.text("/members/deep/x.gmi", tls: visitor).hasSuffix("deep\n"))
            try await server.expect("/members/deep", tls: visitor, header: "31 /members/deep/")
        }
    }

    @Test(
        "Places without a top ask where they are",
        arguments: ["exact = \"/members/deep/x.gmi\"", "regex = \"/members/.*\""]
    )
    func zonesWithoutTop(_ location: String) async throws {
        try await PolicyTests.serve("\(location)\nrequire-certificate = true") { server, _ async throws in
            #expect(try await server.header("/members/deep/x.gmi").hasPrefix("60 "))
            #expect(try await server.header("//members/deep//x.gmi").hasPrefix("60 "))
            try await server.expect("/members/deep/x.gmi", tls: TestIdentity().tls(), text: "deep\n")
        }
    }

    @Test("A host that wants a certificate asks at its own top, for what locations answer too")
    func hostZone() async throws {
        try await PolicyTests.serve(
            host: "require-certificate = true",
            "path = \"/other/\"\nanswer = \"52 Gone\"",
            "path = \"/zone/\"\nroot = \"zone\"\nallow-from = \"127.0.0.1\""
        ) { server, _ async throws in
            #expect(try await server.header("/").hasPrefix("60 "))
            try await server.expect("/other/x", header: "30 gemini://localhost/")
            let visitor = try TestIdentity().tls()
            try await server.expect("/other/x", tls: visitor, header: "52 Gone")
            try await server.expect("/zone/deep/x.gmi", tls: visitor, text: "zone's deep\n")
            try await server.expect("/zone", tls: visitor, header: "31 gemini://localhost/zone/")
        }
    }

    @Test("Certificates are listed by their own fingerprint or their key's, in any spelling; others get 61")
    func allowedCertificates() async throws {
        let member = try TestIdentity()
        for bytes in try [member.der, member.publicKeyDER] {
            let fingerprint = Fingerprint(of: bytes)
            for spelling in Fingerprint.Spelling.allCases {
                let text = fingerprint.spelled(spelling)
                try await PolicyTests.serve("path = \"/members/\"\nallow-certificates = \"\(text)\"") {
                    server,
                    _ async throws in
                    try await server.expect("/members/", tls: member.tls(), text: "members\n")
                    let stranger = try TestIdentity()
                    let name = Fingerprint(of: try stranger.der).spelled(.jetforce)
                    #expect(
                        try await server.header("/members/", tls: stranger.tls())
                            .hasPrefix("61 Your certificate, \(name), is not allowed here: "),
                        "\(text)"
                    )
                    #expect(try await server.header("/members/").hasPrefix("60 "))
                }
            }
        }
    }

    @Test("Certificates of an authority are let in, beside those that are listed; others get 61")
    func authorities() async throws {
        let authority = try TestAuthority("Crew")
        let member = try TestIdentity()
        let site = try ConfiguredSite(PolicyTests.files)
        try site.folder.write(authority.der, to: "crew.pem")
        let listed = try Fingerprint(of: member.der).spelled(.colons)
        let text = """
            [[host]]
            name = "localhost"
            root = "root"
            [[host.location]]
            path = "/members/"
            certificate-authorities = "crew.pem"
            allow-certificates = "\(listed)"
            """
        try await site.serve(text) { server async throws in
            try await server.expect("/members/", tls: authority.clientTLS(), text: "members\n")
            try await server.expect("/members/", tls: member.tls(), text: "members\n")
            #expect(try await server.header("/members/", tls: TestAuthority().clientTLS()).hasPrefix("61 "))
            #expect(try await server.header("/members/", tls: TestIdentity().tls()).hasPrefix("61 "))
            let expired = try await server.header("/members/", tls: authority.clientTLS(validFor: -7200 ... -3600))
            #expect(expired.hasPrefix("62 "), "\(expired)")
        }
    }

    @Test("Certificates that have expired or are not valid yet get 62")
    func validity() async throws {
        try await PolicyTests.serve("path = \"/members/\"\nrequire-certificate = true") { server, _ async throws in
            for (from, to) in [(-7200.0, -3600.0), (3600, 7200)] {
                let tls = try TestIdentity(
                    notBefore: Date(timeIntervalSinceNow: from),
                    notAfter: Date(timeIntervalSinceNow: to)
                ).tls()
                #expect(try await server.header("/members/", tls: tls).hasPrefix("62 "))
                try await server.expect("/", tls: tls, header: "20 text/gemini")
            }
        }
    }

    @Test("Programs in a zone: asked for at its top, run for members only, and told whom an authority vouches for")
    func programs() async throws {
        let authority = try TestAuthority("Crew")
        let site = try ConfiguredSite()
        try site.folder.write(authority.der, to: "crew.pem")
        let script = try site.folder.write(
            "#!/bin/sh\nprintf '20 text/plain\\r\\n%s|%s|%s' \"$SCRIPT_NAME\" \"$PATH_INFO\" \"$TLS_CLIENT_AUTHORISED\"\n",
            to: "programs/show"
        )
        #expect(chmod(script, 0o755) == 0 && chmod(site.folder.path("programs"), 0o755) == 0)
        let text = """
            client-authorities = "crew.pem"
            [[host]]
            name = "localhost"
            [[host.location]]
            path = "/app"
            require-certificate = true
            rate-limit = "100/s"
            cgi = { directory = "programs", confined = false }
            """
        try await site.serve(text) { server async throws in
            for path in ["/app", "/app/"] { #expect(try await server.header(path).hasPrefix("60 "), "\(path)") }
            try await server.expect("/app/show/x", header: "30 gemini://localhost/app/")
            try await server.expect("/app/show/x", tls: authority.clientTLS(), text: "/app/show|/x|1")
            try await server.expect("/app/show/x", tls: TestIdentity().tls(), text: "/app/show|/x|0")
            try await server.expect("/app/", tls: TestIdentity().tls(), text: "51 Not found")
        }
    }

    @Test("A zone within a user's home, and one within another zone")
    func nestedZones() async throws {
        let member = try TestIdentity()
        let site = try ConfiguredSite([
            "home/ada/index.gmi": "ada's\n", "home/ada/friends/deep/x.gmi": "friends'\n",
            "home/ada/friends/best/x.gmi": "best\n",
        ])
        let text = """
            [[host]]
            name = "localhost"
            users = "home/{user}"
            [[host.location]]
            path = "/~ada/friends/"
            require-certificate = true
            [[host.location]]
            path = "/~ada/friends/best/"
            allow-certificates = "\(try Fingerprint(of: member.der).spelled(.gmid))"
            """
        try await site.serve(text) { server async throws in
            try await server.expect("/~ada/", text: "ada's\n")
            try await server.expect("/~ada/friends/deep/x.gmi", header: "30 gemini://localhost/~ada/friends/")
            try await server.expect("/~ada/friends/best/x.gmi", header: "30 gemini://localhost/~ada/friends/best/")
            #expect(try await server.header("/%7Eada//friends/best//x.gmi", tls: TestIdentity().tls()).hasPrefix("61 "))
            try await server.expect("/~ada/friends/deep/x.gmi", tls: TestIdentity().tls(), text: "friends'\n")
            try await server.expect("/~ada/friends/best/x.gmi", tls: member.tls(), text: "best\n")
        }
    }
}
