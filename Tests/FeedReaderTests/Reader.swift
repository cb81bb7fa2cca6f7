import Foundation
import GeminiClient
import TestSupport

/// The feed reader with a list of gemlogs and a data folder of its own.
final class Reader: Sendable {
    private let folder: TemporaryDirectory

    init(following gemlogs: [String]) throws {
        self.folder = try TemporaryDirectory()
        try self.folder.write(gemlogs.joined(separator: "\n"), to: "gemlogs.txt")
    }

    /// The known hosts that the reader uses.
    var knownHosts: KnownHosts { KnownHosts(path: self.folder.path("canaveral/known_hosts")) }

    /// The list as it is now.
    var list: String {
        get throws { try String(contentsOfFile: self.folder.path("gemlogs.txt"), encoding: .utf8) }
    }

    /// Runs the program to its end, and gives the lines that it prints.
    func run() async throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: builtProgram("FeedReader"))
        process.arguments = [self.folder.path("gemlogs.txt")]
        process.environment = ["XDG_DATA_HOME": self.folder.path]
        let output = try self.folder.write("", to: "output")
        process.standardOutput = FileHandle(forWritingAtPath: output)
        let (exit, continuation) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { process in
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        try process.run()
        guard await exit.first(where: { _ in true }) == 0 else { throw Failed() }
        return try String(contentsOfFile: output, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
    }

    struct Failed: Error {}
}
