import Foundation
import TestSupport
import Testing

@Suite("check", .timeLimit(.minutes(10)))
struct CheckCommandTests {
    @Test("A good file is exit code 0, and nothing is made: neither certificates nor logs nor sockets")
    func good() async throws {
        let site = try Site()
        let text = "log = { access = \"access.log\" }\n" + Site.host
        try site.configure(text, listening: "listen = [\"127.0.0.1:0\", \"unix:socket\"]\n")
        for arguments in [["etc/canaveral.toml"], ["--config", "etc/canaveral.toml"]] {
            let result = try await site.run(["check"] + arguments)
            #expect(result.status == .exit(0) && result.output.isEmpty, "\(result)")
            #expect(result.errors == "etc/canaveral.toml is good.\n")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path).sorted() == ["capsule", "etc"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder.path("etc")) == ["canaveral.toml"])
    }

    @Test("Warnings are printed, and exit code 0 all the same")
    func warnings() async throws {
        let site = try Site()
        try site.configure("[[host]]\nname = \"localhost\"\nroot = \".\"\n")
        let result = try await site.run("check", "etc/canaveral.toml")
        #expect(result.status == .exit(0))
        #expect(
            result.output.hasPrefix("etc/canaveral.toml:4: warning: localhost: ")
                && result.errors.contains("is good, with")
        )
    }

    @Test("Every problem in one run, what is written wrong and what is not there: exit code 78")
    func problems() async throws {
        let site = try Site()
        try site.configure(
            """
            langauge = "en"
            log = { access = "no/access.log" }
            [[host]]
            name = "a.localhost"
            root = "no"
            certificate = "no.pem"
            [[host]]
            name = "b.localhost"
            aliases = "a.localhost"
            root = "../capsule"
            """
        )
        let result = try await site.run("check", "etc/canaveral.toml")
        #expect(result.status == .exit(78))
        #expect(result.sentence == "etc/canaveral.toml has 5 errors.")
        for part in [
            "etc/canaveral.toml:2: langauge: ", "etc/canaveral.toml:6: a.localhost: ",
            "etc/canaveral.toml:7: a.localhost, certificate: ",
            "etc/canaveral.toml:8: host[1]: a.localhost is a name of",
            "/no/access.log cannot be written",
        ] {
            #expect(result.output.contains(part), "\(part): \(result.output)")
        }
    }

    @Test(
        "A start says what check says, in the same words and with the same lines",
        arguments: [
            "listen = \"127.0.0.1:0\"\nlog.access = \"no/access.log\"",
            "listen = \"127.0.0.1:0\"\nuser = \"no-such-user\"",
            "listen = \"127.0.0.1:0\"\nlangauge = \"en\"\nclient-authorities = [\"no\", \"no2\"]",
            "listen = \"127.0.0.1:29713\"\nmetrics = \"127.0.0.1:29713\"",
        ]
    )
    func start(_ top: String) async throws {
        let site = try Site()
        try site.configure(Site.host, listening: "\(top)\n")
        let check = try await site.run("check", site.configurationFile)
        let start = try await site.run("serve", "--config", site.configurationFile)
        #expect(check.status == .exit(78) && start.status == .exit(78), "\(check) \(start)")
        let problems = check.output.split(separator: "\n")
        #expect(!problems.isEmpty && start.errors.split(separator: "\n") == problems, "\(check) \(start)")
    }

    @Test("Standard input, as of 'canaveral import', with relative paths from the current folder")
    func standardInput() async throws {
        let site = try Site()
        let text = "listen = \"127.0.0.1:0\"\n[[host]]\nname = \"localhost\"\nroot = \"ROOT\"\n"
        func check(_ root: String) async throws -> Site.Result {
            try await withServerSlot {
                try await site.runAlongside(["check", "-"], input: text.replacing("ROOT", with: root))
            }
        }
        let good = try await check("capsule")
        #expect(good.status == .exit(0) && good.output.isEmpty, "\(good)")
        #expect(good.errors == "standard input is good.\n")
        let bad = try await check("../no")
        #expect(bad.status == .exit(78) && bad.sentence == "standard input has an error.")
        #expect(bad.output.hasPrefix("standard input:4: localhost: "), "\(bad.output)")
    }

    @Test("What is no file, and no TOML")
    func unreadable() async throws {
        let site = try Site()
        let missing = try await site.run("check", "no.toml")
        #expect(missing.status == .exit(78) && missing.output.contains("No such file"))
        try site.configure("[[host")
        let broken = try await site.run("check", "etc/canaveral.toml")
        #expect(
            broken.status == .exit(78)
                && broken.output.hasPrefix("etc/canaveral.toml:2:7: A table's header ends with ]]"),
            "\(broken)"
        )
    }
}
