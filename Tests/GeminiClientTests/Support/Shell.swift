import Foundation

/// A shell that runs a script beside the test.
final class Shell: Sendable {
    private static let flock = ["/usr/bin/flock", "/bin/flock"]

    /// Whether scripts can take locks of files.
    static var hasLocks: Bool {
        Self.flock.contains { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private let input = Pipe()
    private let output = Pipe()
    private let exit: AsyncStream<Int32>

    init(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardInput = self.input
        process.standardOutput = self.output
        let (exit, continuation) = AsyncStream<Int32>.makeStream()
        self.exit = exit
        process.terminationHandler = { process in
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        try process.run()
    }

    deinit {
        // Whoever waits for a line is told that none will come.
        try? self.input.fileHandleForWriting.close()
    }

    /// The next line that the script prints.
    func line() async -> String {
        var line: [UInt8] = []
        while let byte = try? self.output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Prints a line for the script to read.
    func tell(_ line: String) {
        self.input.fileHandleForWriting.write(Data("\(line)\n".utf8))
    }

    /// Waits for the end of the script.
    func exitCode() async -> Int32? {
        await self.exit.first { _ in true }
    }
}
