import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

/// The program at a terminal.
@Suite("At a terminal")
struct QuestionTests {
    private static let question = "[y/N] "

    private static func start(_ site: Site, _ arguments: [String], on terminal: PseudoTerminal) throws -> Program {
        try Program(
            ["capsule", "--port", "0"] + arguments,
            environment: site.environment.merging(["TERM": "xterm"]) { _, new in new },
            workingDirectory: site.folder.path,
            terminal: terminal
        )
    }

    @Test(
        "Named files that are not there are asked for; yes makes them and serves",
        arguments: ["y\n", "Y\n", "yes\n"]
    )
    func yes(_ answer: String) async throws {
        try await withServerSlot {
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try Self.start(
                site,
                ["-c", "new.pem", "-k", "new.key", "--san", "10.0.0.1", "-D", "90"],
                on: terminal
            )
            try await program.says(Self.question)
            for text in ["new.pem", "new.key", "localhost, 10.0.0.1", "90 days"] {
                #expect(program.errors.contains(text), "\(program.errors)")
            }
            #expect(!FileManager.default.fileExists(atPath: site.folder.path("new.pem")))
            try terminal.type(answer)
            try await program.says("Press Control-C to stop.")
            let identity = try Identity.load(
                from: site.folder.path("new.pem"),
                keyPath: site.folder.path("new.key"),
                at: .now
            )
            #expect(program.errors.contains(identity.leaf.fingerprint.spelled(.jetforce)))
            program.send(SIGTERM)
            #expect(try await program.end() == .exit(0))
        }
    }

    @Test(
        "Anything else is no: nothing is made, and it ends with 78",
        arguments: ["n\n", "\n", "no\n", "maybe\n", "\u{4}"]
    )
    func no(_ answer: String) async throws {
        try await withServerSlot {
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try Self.start(site, ["-c", "new.pem"], on: terminal)
            try await program.says(Self.question)
            try terminal.type(answer)
            #expect(try await program.end() == .exit(78))
            #expect(program.errors.contains("canaveral: Without a certificate there is no server"))
            #expect(!FileManager.default.fileExists(atPath: site.folder.path("new.pem")))
        }
    }

    @Test("Control-C at the question ends it", arguments: [SIGINT, SIGTERM])
    func interrupted(_ signal: Int32) async throws {
        try await withServerSlot {
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try Self.start(site, ["-c", "new.pem"], on: terminal)
            try await program.says(Self.question)
            program.send(signal)
            #expect(try await program.end() == .signal(signal))
            #expect(!FileManager.default.fileExists(atPath: site.folder.path("new.pem")))
        }
    }

    @Test("Nothing is asked where no certificate was named")
    func unasked() async throws {
        try await withServerSlot {
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try Self.start(site, [], on: terminal)
            try await program.says("Press Control-C to stop.")
            #expect(!program.errors.contains(Self.question))
            program.send(SIGINT)
            #expect(try await program.end() == .exit(0))
        }
    }

    @Test(
        "There is colour at a terminal, unless the person wants none",
        arguments: [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]]
    )
    func color(_ environment: [String: String]) async throws {
        try await withServerSlot {
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try Program(
                ["capsule", "--port", "0"],
                environment: site.environment.merging(["TERM": "xterm"]) { _, new in new }
                    .merging(environment) { _, new in new },
                workingDirectory: site.folder.path,
                terminal: terminal
            )
            try await program.says("to stop.")
            #expect(program.errors.contains("\u{1B}[") == environment.isEmpty)
            program.send(SIGINT)
            #expect(try await program.end() == .exit(0))
        }
    }

    @Test("Where standard error is no terminal there is no colour")
    func noColor() async throws {
        try await Site().serve { server async throws in
            #expect(!server.notice.contains("\u{1B}"))
        }
    }
}
