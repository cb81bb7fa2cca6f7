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
