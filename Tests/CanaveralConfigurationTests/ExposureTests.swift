import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

@testable import CanaveralConfiguration

/// What lies in a folder that is served, and is not meant for visitors.
@Suite("What a configuration would show by mistake", .timeLimit(.minutes(10)))
struct ExposureTests {
    private static let missing = "51 Not found"

    private static func site() throws -> ConfiguredSite {
        let site = try ConfiguredSite([
            "root/index.gmi": "home", "root/etc/canaveral.toml": "secret", "root/state/example.pem": "key",
            "root/bin/hello": "#!/bin/sh\n", "root/log/access.log": "log", "root/etc/page.gmi": "page",
            "root/notes/note.gmi": "note",
        ])
        let identity = try Identity.generate(names: ["localhost"], at: .now)
        let key = try site.folder.write(identity.pem, to: "root/etc/key.pem")
        guard chmod(key, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        return site
    }

    private static let everything = """
        state-directory = "root/state"
        log = { access = "root/log/access.log" }
        [[host]]
        name = "localhost"
        root = "root"
        certificate = "root/etc/key.pem"
        [[host.location]]
        path = "/run"
        cgi = "root/bin"
        [[host.location]]
        path = "/other"
        root = "root/etc"
        [[host.location]]
        path = "/upload"
        titan = { directory = "root", token = "t", delete = true }
        """

    private func remarks(_ text: String, file: String?, in site: ConfiguredSite) throws -> [String] {
        let file = file.map { site.folder.path($0) }
        return try ConfigurationCheck(site.read(text), file: file, now: .now, isSuperuser: false).remarks().map {
            $0.description(in: "f").replacing(site.folder.path + "/", with: "")
        }
    }

    @Test("A server shows none of it, whichever location it is asked of, and everything around it")
    func served() async throws {
        let site = try Self.site()
        try await site.serve(Self.everything, file: "root/etc/canaveral.toml") { server async throws in
            for path in [
                "/etc/canaveral.toml", "/etc/key.pem", "/state/example.pem", "/state/", "/bin/hello", "/bin/",
                "/log/access.log", "/other/canaveral.toml", "/other/key.pem", "/upload/etc/key.pem",
                "/upload/bin/hello",
            ] {
                try await server.expect(path, header: Self.missing)
            }
            for (path, text) in [("/", "home"), ("/etc/page.gmi", "page"), ("/other/page.gmi", "page")] {
                try await server.expect(path, text: text)
            }
            #expect(try await !server.text("/etc/").contains("canaveral.toml"))
        }
    }

    @Test("Folders that are served by a pattern, of hosts and of users, show none of it either")
    func patterns() async throws {
        let site = try ConfiguredSite([
            "sites/localhost/index.gmi": "home", "sites/localhost/canaveral.toml": "secret",
            "users/ada/public/log.gmi": "log", "users/ada/public/bin/hello": "#!/bin/sh\n",
        ])
        let text = """
            [[host]]
            name = "localhost"
            root = "sites/{host}"
            users = "users/{user}/public"
            [[host.location]]
            path = "/run"
            cgi = "users/ada/public/bin"
            """
        try await site.serve(text, file: "sites/localhost/canaveral.toml") { server async throws in
            for path in ["/canaveral.toml", "/~ada/bin/hello", "/~ada/bin/"] {
                try await server.expect(path, header: Self.missing)
            }
            try await server.expect("/", text: "home")
            try await server.expect("/~ada/log.gmi", text: "log")
            #expect(try await !server.text("/~ada/").contains("bin"))
        }
    }

    @Test("A pattern leads neither to keys nor to programs, by name or by link; it is told of")
    func chosen() async throws {
        let site = try ConfiguredSite([
            "users/state/localhost.pem": "key", "users/cgi/x.sh": "#!/bin/sh\n", "users/ada/log.gmi": "log",
            "users/bob/page.gmi": "page",
        ])
        try site.folder.link("users/localhost", to: "state")
        let text = """
            state-directory = "users/state"
            [[host]]
            name = "localhost"
            root = "users/{host}"
            users = "users/{user}"
            [[host.location]]
            path = "/run"
            cgi = "users/cgi"
            """
        try await site.serve(text) { server async throws in
            for path in [
                "/localhost.pem", "/", "/~state/localhost.pem", "/~state/", "/~state", "/~cgi/x.sh", "/~cgi/",
                "/~localhost/localhost.pem",
            ] {
                try await server.expect(path, header: Self.missing)
            }
            try await server.expect("/~ada/log.gmi", text: "log")
            try await server.expect("/~bob/page.gmi", text: "page")
        }
        let remarks = try self.remarks(text, file: nil, in: site)
        let keys = "holds users/state, where the server keeps its keys, and is answered with 51"
        for (line, expected) in [
            (4, "users/localhost \(keys)"), (2, "users/state \(keys)"), (2, "users/cgi is a folder of programs"),
        ] {
            #expect(remarks.count { $0.hasPrefix("f:\(line): warning: localhost: \(expected)") } == 1, "\(remarks)")
        }
        #expect(remarks.count == 3, "\(remarks)")
        let wildcard =
            "state-directory = \"users/a.localhost\"\n[[host]]\nname = \"*.localhost\"\nroot = \"users/{host}\"\n"
        #expect(try self.remarks(wildcard, file: nil, in: site).count { $0.contains("users/a.localhost holds") } == 1)
    }

    @Test("A folder that lies in one of programs shows nothing, which is told; one among the keys is an error")
    func within() async throws {
        let site = try ConfiguredSite(["cgi/lib/x.pl": "source", "cgi/.git/y": "source", "state/lib/key.pem": "key"])
        func text(_ root: String) -> String {
            """
            state-directory = "state"
            [[host]]
            name = "localhost"
            root = "root"
            [[host.location]]
            path = "/run"
            cgi = "cgi"
            [[host.location]]
            path = "/lib"
            root = "\(root)"
            """
        }
        for root in ["cgi/lib", "cgi/.git"] {
            try await site.serve(text(root)) { server async throws in
                for path in ["/lib/", "/lib/x.pl", "/lib/y"] { try await server.expect(path, header: Self.missing) }
            }
            #expect(
                try self.remarks(text(root), file: nil, in: site) == [
                    "f:10: warning: localhost, path /lib: \(root) lies in cgi, which is not shown to anybody, and is answered with 51: serve another folder."
                ]
            )
        }
        let error = #expect(throws: InvalidConfiguration.self) { _ = try site.make(text("state/lib")) }
        #expect(error?.problems.count { $0.sentence.contains("state/lib lies in ") } == 1)
    }

    @Test("A key that a link led to before it was exchanged is not shown, nor when the configuration is read again")
    func exchanged() async throws {
        let site = try ConfiguredSite(["root/page.gmi": "page"])
        for name in ["old", "new"] {
            let identity = try Identity.generate(names: ["localhost"], at: .now)
            let key = try site.folder.write(identity.pem, to: "root/keys/\(name).pem")
            guard chmod(key, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        }
        try site.folder.link("root/live.pem", to: "keys/old.pem")
        let text = "[[host]]\nname = \"localhost\"\nroot = \"root\"\ncertificate = \"root/live.pem\"\n"
        try await site.serve(text) { server async throws in
            for path in ["/live.pem", "/keys/old.pem"] { try await server.expect(path, header: Self.missing) }
        }
        try site.folder.link("root/next", to: "keys/new.pem")
        #expect(rename(site.folder.path("root/next"), site.folder.path("root/live.pem")) == 0)
        try await site.serve(text) { server async throws in
            for path in ["/live.pem", "/keys/old.pem", "/keys/new.pem"] {
                try await server.expect(path, header: Self.missing)
            }
            try await server.expect("/page.gmi", text: "page")
        }
    }

    @Test("Uploads neither replace it, nor add to it, nor delete it")
    func uploaded() async throws {
        let site = try Self.site()
        try site.folder.link("root/notes/up", to: "..")
        try await site.serve(Self.everything, file: "root/etc/canaveral.toml") { server async throws in
            for path in [
                "/upload/etc/canaveral.toml", "/upload/bin/evil", "/upload/bin/hello", "/upload/notes/up/bin/hello",
                "/upload/notes/up/etc/canaveral.toml",
            ] {
                for text in ["evil", ""] {
                    let answer = try await server.upload(text, to: path, parameters: ";token=t")
                    #expect(!answer.hasPrefix("2") && !answer.hasPrefix("3"), "\(path): \(answer)")
                }
            }
            let answer = try await server.upload("# Good\n", to: "/upload/notes/up/etc/new.gmi", parameters: ";token=t")
            #expect(answer.hasPrefix("30 "), "\(answer)")
        }
        #expect(try site.content("root/etc/canaveral.toml") == "secret")
        #expect(try site.content("root/bin/hello") == "#!/bin/sh\n")
        #expect(try !FileManager.default.contentsOfDirectory(atPath: site.folder.path("root/bin")).contains("evil"))
    }

    @Test("Each is told of once for each folder, with the line of its root")
    func told() throws {
        let site = try Self.site()
        let remarks = try self.remarks(Self.everything, file: "root/etc/canaveral.toml", in: site)
        let end = ", which is answered with 51 there: keep it outside of what is served."
        for expected in [
            "f:5: warning: localhost: root holds the configuration root/etc/canaveral.toml" + end,
            "f:5: warning: localhost: root holds the key of localhost, root/etc/key.pem" + end,
            "f:5: warning: localhost: root holds root/state, where the server keeps its keys" + end,
            "f:5: warning: localhost: root holds the access log root/log/access.log" + end,
            "f:5: warning: localhost: root holds the programs of root/bin" + end,
            "f:12: warning: localhost, path /other: root/etc holds the configuration root/etc/canaveral.toml" + end,
            "f:12: warning: localhost, path /other: root/etc holds the key of localhost, root/etc/key.pem" + end,
        ] {
            #expect(remarks.count { $0 == expected } == 1, "\(expected): \(remarks)")
        }
    }

    @Test("Programs beneath a root are as they should be where their own location answers for them")
    func shielded() throws {
        let site = try Self.site()
        let host =
            "[[host]]\nname = \"localhost\"\nroot = \"root\"\n[[host.location]]\npath = \"/bin\"\ncgi = \"root/bin\"\n"
        #expect(try self.remarks(host, file: nil, in: site) == [])
        let other = host + "[[host]]\nname = \"b.localhost\"\nroot = \"root\"\n"
        #expect(try self.remarks(other, file: nil, in: site).count == 1)
        let same = host + "[[host.location]]\npath = \"/source\"\nroot = \"root/bin\"\n"
        #expect(
            try self.remarks(same, file: nil, in: site).first?.contains(
                "bin is a folder of programs, of which nothing is shown"
            ) == true
        )
    }

    @Test("The state directory cannot be what is served")
    func stateAsRoot() throws {
        let site = try Self.site()
        let text = "state-directory = \"root/state\"\n[[host]]\nname = \"localhost\"\nroot = \"root/state\"\n"
        let error = #expect(throws: InvalidConfiguration.self) { _ = try site.make(text) }
        #expect(
            error?.problems.map(\.sentence).contains { $0.hasSuffix("keeps its keys: serve another folder.") } == true
        )
    }
}
