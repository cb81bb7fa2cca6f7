import Foundation
import NIOConcurrencyHelpers
import TestSupport

/// The built program as a process of its own.
final class Program: Sendable {
    /// How a process ended: what it returned, or the signal that ended it.
    enum End: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var openStreams = 2
        var end: End?
    }

    static let path = builtProgram("canaveral")

    let processID: pid_t
    private let state: NIOLockedValueBox<State>

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - wrapper: a command that is given the program and its arguments, such as one that takes rights away.
    ///   - input: what standard input has; nothing unless given.
    ///   - readsOutput: whether there is anybody at the other end of its standard output.
    ///   - terminal: what its standard streams are; without it, input is empty, and output is kept.
    init(
        _ arguments: [String],
        wrapper: [String] = [],
        environment: [String: String],
        workingDirectory: String? = nil,
        input: String? = nil,
        readsOutput: Bool = true,
        terminal: PseudoTerminal? = nil
    ) throws {
        let command = wrapper + [Self.path] + arguments
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        if let workingDirectory { process.currentDirectoryURL = URL(fileURLWithPath: workingDirectory) }

        let state = NIOLockedValueBox(State())
        self.state = state
        process.terminationHandler = { process in
            let end: End =
                process.terminationReason == .exit
                ? .exit(process.terminationStatus) : .signal(process.terminationStatus)
            state.withLockedValue { $0.end = end }
        }
        if let terminal {
            process.standardInput = terminal.programSide
            process.standardOutput = terminal.programSide
            process.standardError = terminal.programSide
            try process.run()
            try terminal.programSide.close()
            state.withLockedValue { $0.openStreams = 1 }
            Self.collect(terminal.personSide, into: \.errors, of: state, closes: false)
        } else {
            let (output, errors) = (Pipe(), Pipe())
            let inputPipe = input.map { _ in Pipe() }
            process.standardInput = inputPipe ?? FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = errors
            try process.run()
            if let inputPipe, let input {
                try inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
                try inputPipe.fileHandleForWriting.close()
            }
            if readsOutput {
                Self.collect(output.fileHandleForReading, into: \.output, of: state)
            } else {
                try output.fileHandleForReading.close()
                state.withLockedValue { $0.openStreams -= 1 }
            }
            Self.collect(errors.fileHandleForReading, into: \.errors, of: state)
        }
        self.processID = process.processIdentifier
    }

    deinit {
        if self.state.withLockedValue({ $0.end }) == nil { kill(self.processID, SIGKILL) }
    }

    /// - Parameter closes: whether the stream is closed at its end. The thread would keep it open for ever, and Foundation
    ///   does not hear of the end of processes any more once there are a thousand descriptors.
    private static func collect(
        _ stream: FileHandle,
        into field: any WritableKeyPath<State, [UInt8]> & Sendable,
        of state: NIOLockedValueBox<State>,
        closes: Bool = true
    ) {
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(stream.fileDescriptor, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                // A terminal whose other side is closed fails instead of ending.
                guard count > 0 else { break }
                state.withLockedValue { $0[keyPath: field].append(contentsOf: buffer[..<count]) }
            }
            if closes { try? stream.close() }
            state.withLockedValue { $0.openStreams -= 1 }
        }
    }

    /// What it has written to standard output so far.
    var output: String { String(decoding: self.state.withLockedValue { $0.output }, as: UTF8.self) }

    /// What it has written to standard error so far, or to its terminal.
    var errors: String { String(decoding: self.state.withLockedValue { $0.errors }, as: UTF8.self) }

    var isRunning: Bool { self.state.withLockedValue { $0.end == nil } }

    /// Waits until it has written something to standard error or its terminal.
    func says(_ text: String) async throws {
        try await self.until("says '\(text)'") { $0.errors.contains(text) }
    }

    /// Waits until it has written something to standard output.
    func prints(_ text: String) async throws {
        try await self.until("prints '\(text)'") { $0.output.contains(text) }
    }

    /// Waits for its end, and for the last of what it writes.
    func end() async throws -> End {
        try await self.until("ends") { $0.state.withLockedValue { $0.end != nil && $0.openStreams == 0 } }
        guard let end = self.state.withLockedValue({ $0.end }) else { throw Failure(what: "ends", errors: self.errors) }
        return end
    }

    func send(_ signal: Int32) {
        kill(self.processID, signal)
    }

    private func until(_ what: String, _ condition: (Program) -> Bool) async throws {
        let isSo = await eventually {
            condition(self) || self.state.withLockedValue { $0.end != nil && $0.openStreams == 0 }
        }
        guard isSo && condition(self) else { throw Failure(what: what, errors: self.errors) }
    }

    struct Failure: Error, CustomStringConvertible {
        var what: String
        var errors: String
        var description: String { "Nothing shows that the program \(self.what); it says:\n\(self.errors)" }
    }
}
