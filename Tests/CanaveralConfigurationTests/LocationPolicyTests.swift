import Canaveral
import GeminiProtocol
import GeminiServer
import Logging
import TestSupport
import Testing

@testable import CanaveralConfiguration

@Suite("Locations with a policy")
struct LocationPolicyTests {
    private func answer(_ path: String, _ responder: any Responder) async throws -> String {
        let request = try Request(line: RequestLine(GeminiURL("gemini://localhost\(path)")))
        return try await responder.respond(to: request).header.description
    }

    private func withHost(_ locations: String, _ body: (any Responder) async throws -> Void) async throws {
        let folder = try TemporaryDirectory()
        try folder.write("page", to: "root/sub/page.txt")
        let text = """
            state-directory = "\(folder.path("state"))"
            [[host]]
            name = "localhost"
            root = "\(folder.path("root"))"
            \(locations)
            """
        let server = ConfiguredServer(
            try Configuration.parse(text).configuration,
            software: "test",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            offenders: RepeatOffenders()
        )
        try await body(try #require(server.make().hosts.first).responder)
    }

    @Test("GP-157: a location asks at its own top, and one of a single path or of a pattern there and then")
    func zones() async throws {
        let guarded = "require-certificate = true\ncertificate-prompt = \"Who?\"\n"
        try await self.withHost(
            """
            [[host.location]]
            path = "/sub"
            \(guarded)
            [[host.location]]
            exact = "/one.txt"
            \(guarded)
            [[host.location]]
            regex = "/some/.*"
            \(guarded)
            """
        ) { host async throws in
            #expect(try await self.answer("/sub/page.txt", host) == "30 gemini://localhost/sub/")
            #expect(try await self.answer("//sub/page.txt", host) == "30 gemini://localhost//sub/")
            #expect(try await self.answer("//sub/", host) == "60 Who?")
            #expect(try await self.answer("/sub/", host) == "60 Who?")
            #expect(try await self.answer("/one.txt", host) == "60 Who?")
            #expect(try await self.answer("/some/thing", host) == "60 Who?")
        }
    }

    @Test(
        "GP-060: no spelling of a path leads past a regular expression",
        arguments: ["/sub/page.txt", "//sub/page.txt", "/sub//page.txt", "/s%75b/page%2Etxt", "/x/../sub/page.txt"]
    )
    func spellings(path: String) async throws {
        try await self.withHost("[[host.location]]\nregex = \"/sub/p.*\"\nanswer = \"52 Gone\"") { host async throws in
            #expect(try await self.answer(path, host) == "52 Gone")
        }
    }

    @Test(
        "GP-060: nor past one that leaves a path out, for which another location asks for a certificate",
        arguments: [
            "/members/s.gmi", "//members/s.gmi", "/members//s.gmi", "/mem%62ers/s.gmi", "/members%2Fs.gmi",
            "/%2Fmembers/s.gmi", "/members%2fs.gmi", "/x/../members/s.gmi",
        ],
        ["(?!/members/).*\\\\.gmi", "/[^m].*|/m[^e].*"]
    )
    func exclusions(path: String, pattern: String) async throws {
        let zone = "[[host.location]]\npath = \"/members/\"\nanswer = \"52 Closed\"\n"
        let text = zone + "[[host.location]]\nregex = \"\(pattern)\"\nanswer = \"52 Open\""
        try await self.withHost(text) { host async throws in
            #expect(try await ["52 Closed", "51 Not found"].contains(self.answer(path, host)))
            #expect(try await self.answer("/page.gmi", host) == "52 Open")
        }
    }

    @Test("GP-060: what paths need not encode is the same either way", arguments: [";", "!", "'", "(", "=", "@"])
    func plainCharacters(character: String) async throws {
        let quoted = character == "(" ? "\\\\(" : character
        try await self.withHost("[[host.location]]\nregex = \"/a\(quoted)b/.*\"\nanswer = \"52 Gone\"") {
            host async throws in
            let escape = "%" + String(character.utf8.first ?? 0, radix: 16)
            for spelling in [character, escape, escape.uppercased()] {
                #expect(try await self.answer("/a\(spelling)b/x", host) == "52 Gone")
            }
        }
    }

    @Test(
        "An encoded slash leads to no other location than a slash would, whatever a program behind it makes of it",
        arguments: [
            ("/app/x", "52 Open"), ("/app/x%2Fy", "52 Open"), ("/app/admin/x", "52 Closed"),
            ("/app/admin%2Fx", "51 Not found"), ("/app%2Fadmin/x", "51 Not found"), ("/app/%2fadmin/x", "51 Not found"),
            ("/app/admin%252Fx", "52 Open"), ("/app%2Fone", "51 Not found"),
        ]
    )
    func encodedSlashes(path: String, expected: String) async throws {
        let text =
            [("path", "/app", "52 Open"), ("path", "/app/admin", "52 Closed"), ("exact", "/app/one", "52 One")].map {
                "[[host.location]]\n\($0) = \"\($1)\"\nanswer = \"\($2)\"\n"
            }.joined()
        try await self.withHost(text) { host async throws in
            #expect(try await self.answer(path, host) == expected)
        }
    }

    @Test("A key of very many parts is an error, and not the end of the process")
    func deepKeys() {
        let deep = Array(repeating: "a", count: 100_000).joined(separator: ".")
        for text in ["[\(deep)]", "\(deep) = 1", "a = { \(deep) = 1 }"] {
            #expect(throws: InvalidConfiguration.self) { try Configuration.parse(text) }
        }
    }

    @Test("A check tells of a root that shows keys or the source of programs")
    func exposures() throws {
        let folder = try TemporaryDirectory()
        try folder.makeFolder("site/state")
        try folder.write("#!/bin/sh", to: "site/bin/program")
        let text = """
            state-directory = "state"
            [[host]]
            name = "localhost"
            root = "."
            [[host.location]]
            path = "/bin/"
            cgi = "bin"
            [[host.location]]
            path = "/all/"
            root = "."
            """
        let (configuration, _) = try Configuration.parse(text, folder: folder.path("site"))
        let problems = ConfigurationCheck(configuration, file: nil, now: Timestamp(secondsSinceEpoch: 1_800_000_000))
            .problems()
        #expect(problems.contains { $0.sentence.contains("site/state, where the server keeps its keys") })
        #expect(problems.contains { $0.path.hasSuffix("path /all/") && $0.sentence.contains("holds the programs of") })
        #expect(problems.allSatisfy { $0.severity == .warning })
    }
}
