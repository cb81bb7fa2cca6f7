import Foundation
import NIOCore
import TestSupport

/// What a run of the program needs: a folder to serve, and a home of its own.
final class Site: Sendable {
    let folder: TemporaryDirectory

    init(_ content: [String: String] = ["index.gmi": "# Home\n"]) throws {
        self.folder = try TemporaryDirectory()
        try self.folder.makeFolder("capsule")
        for (name, text) in content { try self.folder.write(text, to: "capsule/\(name)") }
    }

    /// The folder that is served.
    var capsule: String { self.folder.path("capsule") }

    /// Where the program keeps its certificates.
    var state: String { self.folder.path("state/canaveral") }

    var environment: [String: String] {
        var environment = ["HOME": self.folder.path("home"), "XDG_STATE_HOME": self.folder.path("state"), "TZ": "UTC"]
        for name in ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
            environment[name] = ProcessInfo.processInfo.environment[name]
        }
        return environment
    }

    /// What a run came to that ends by itself.
    struct Result {
        var status: Program.End
        var output: String
        var errors: String

        /// What is on standard error, if it is one line that begins with the program's name and is one sentence.
        var sentence: String? {
            let prefix = "canaveral: "
            guard self.errors.hasPrefix(prefix), self.errors.hasSuffix(".\n"), !self.errors.hasSuffix("..\n") else {
                return nil
            }
            let text = self.errors.dropFirst(prefix.count).dropLast()
            return text.contains("\n") || text.contains(". ") ? nil : String(text)
        }
    }

    /// Runs the program to its end.
    func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Result {
        try await self.run(arguments, environment: environment)
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Result {
        try await withServerSlot { try await self.runAlongside(arguments, environment: environment) }
    }

    /// Runs the program to its end while a server of the same test is running.
    ///
    /// - Parameters:
    ///   - wrapper: as for ``Program``.
    ///   - input: as for ``Program``.
    func runAlongside(
        _ arguments: [String],
        wrapper: [String] = [],
        environment: [String: String] = [:],
        input: String? = nil
    ) async throws -> Result {
        let program = try Program(
            arguments,
            wrapper: wrapper,
            environment: self.environment.merging(environment) { _, new in new },
            workingDirectory: self.folder.path,
            input: input
        )
        let status = try await program.end()
        return Result(status: status, output: program.output, errors: program.errors)
    }

    /// Serves the folder for as long as the closure does.
    func serve<Value>(
        _ arguments: String...,
        wrapper: [String] = [],
        readsOutput: Bool = true,
        alone: Bool = false,
        _ body: (ServingProgram) async throws -> Value
    ) async throws -> Value {
        try await self.serve(arguments, wrapper: wrapper, readsOutput: readsOutput, alone: alone, body)
    }

    func serve<Value>(
        _ arguments: [String],
        wrapper: [String] = [],
        readsOutput: Bool = true,
        alone: Bool = false,
        _ body: (ServingProgram) async throws -> Value
    ) async throws -> Value {
        try await withServerSlot(alone: alone) {
            let program = try Program(
                [self.capsule, "--port", "0"] + arguments,
                wrapper: wrapper,
                environment: self.environment,
                workingDirectory: self.folder.path,
                readsOutput: readsOutput
            )
            let serving = try await ServingProgram(program)
            let value: Value
            do {
                value = try await body(serving)
            } catch {
                program.send(SIGKILL)
                throw error
            }
            program.send(SIGKILL)
            _ = try await program.end()
            return value
        }
    }
}

extension Site {
    /// Starts the program at a terminal.
    func start(
        _ arguments: [String],
        on terminal: PseudoTerminal,
        environment: [String: String] = [:]
    ) throws -> Program {
        try Program(
            arguments,
            environment: self.environment.merging(["TERM": "xterm", "NO_COLOR": "1"]) { _, new in new }
                .merging(environment) { _, new in new },
            workingDirectory: self.folder.path,
            terminal: terminal
        )
    }

    /// What a file of the folder holds; `nil` where there is none.
    func content(_ name: String) -> String? {
        FileManager.default.contents(atPath: self.folder.path(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: self.folder.path(name))
    }

    /// The file in which a download is until it is whole.
    func partialFile(of name: String) -> String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: self.folder.path)) ?? []
        return names.first { $0.hasPrefix(name + ".") && $0.hasSuffix(".part") }
    }
}
