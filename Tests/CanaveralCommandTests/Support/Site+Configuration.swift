import Foundation
import TestSupport

#if os(Linux)
import CLinux
#endif

extension Site {
    /// The configuration file of ``serve(configured:_:listening:_:)``.
    var configurationFile: String { self.folder.path("etc/canaveral.toml") }

    /// One host with the site's folder; relative paths begin in `etc`.
    static let host = """
        [[host]]
        name = "localhost"
        root = "../capsule"

        """

    /// Writes the file anew, in one move, as an operator's editor does.
    func configure(_ text: String, listening: String = "listen = \"127.0.0.1:0\"\n") throws {
        try self.folder.makeFolder("etc")
        let new = try self.folder.write(listening + text, to: "etc/canaveral.toml.new")
        guard rename(new, self.configurationFile) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Serves what a configuration file says for as long as the closure does.
    ///
    /// - Parameters:
    ///   - listening: what goes before the text.
    ///   - environment: variables besides those of the site.
    func serve<Value>(
        configured text: String,
        _ arguments: [String] = [],
        listening: String = "listen = \"127.0.0.1:0\"\n",
        environment: [String: String] = [:],
        alone: Bool = false,
        _ body: (ServingProgram) async throws -> Value
    ) async throws -> Value {
        try self.configure(text, listening: listening)
        return try await withServerSlot(alone: alone) {
            let program = try Program(
                ["--config", "etc/canaveral.toml"] + arguments,
                environment: self.environment.merging(environment) { $1 },
                workingDirectory: self.folder.path
            )
            defer { program.send(SIGKILL) }
            let value = try await body(ServingProgram(program))
            program.send(SIGKILL)
            _ = try await program.end()
            return value
        }
    }
}

extension ServingProgram {
    /// Whether the kernel has Landlock.
    static var hasSandbox: Bool {
        #if os(Linux)
        clinux_landlock_version() > 0
        #else
        false
        #endif
    }

    /// What comes back for a path of a host, asked for by SNI.
    func answer(
        of host: String,
        _ path: String = "/",
        tls: TestConnection.TLS = TestConnection.TLS()
    ) async throws -> TestConnection.Transcript {
        var tls = tls
        tls.serverName = host
        return try await self.answer(to: "gemini://\(host)\(path)", tls: tls)
    }

    /// Has the configuration read again, and waits for what the program says of it.
    func reload(taken: Bool = true) async throws {
        let before = self.reloads
        self.program.send(SIGHUP)
        let isOver = await eventually { self.reloads != before || !self.program.isRunning }
        let after = self.reloads
        guard isOver, after.taken - before.taken == (taken ? 1 : 0), after.refused - before.refused == (taken ? 0 : 1)
        else { throw Program.Failure(what: "has \(taken ? "taken" : "refused") it", errors: self.program.errors) }
    }

    private var reloads: Reloads {
        let errors = self.program.errors
        return Reloads(
            taken: errors.ranges(of: " was read again.").count,
            refused: errors.ranges(of: " was not taken").count
        )
    }

    private struct Reloads: Equatable {
        var taken: Int
        var refused: Int
    }
}
