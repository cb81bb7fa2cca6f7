import Foundation
import GeminiProtocol
import NIOCore
import TestSupport

@testable import GeminiFiles
@testable import GeminiServer

/// A folder of files and the responder that serves it, without a connection: what lies beside the folder is where no
/// request may lead.
struct Capsule {
    private static let rootName = "capsule"

    private let surroundings: TemporaryDirectory
    let files: Files

    /// - Parameters:
    ///   - content: files by their path beneath the root; a path that ends in a slash is a folder.
    ///   - outside: files by their path in the folder that the root lies in.
    ///   - withheld: paths in that folder, or absolute ones.
    init(
        _ content: [String: String] = [:],
        outside: [String: String] = [:],
        withheld: [String] = [],
        resolution: RootDirectory.Resolution = .kernel,
        options: Files.Options = Files.Options(),
        now: @escaping @Sendable () -> NIODeadline = { .now() }
    ) throws {
        self.surroundings = try TemporaryDirectory()
        try self.surroundings.makeFolder(Self.rootName)
        for (name, text) in outside {
            try self.surroundings.write(text, to: name)
        }
        let surroundings = self.surroundings
        let root = try RootDirectory(
            path: self.surroundings.path(Self.rootName),
            resolution: resolution,
            withheld: WithheldPaths(withheld.map { $0.hasPrefix("/") ? $0 : surroundings.path($0) }),
            logger: options.logger,
            now: now
        )
        self.files = Files(root: root, options: options)
        for (name, text) in content {
            try name.hasSuffix("/") ? self.makeFolder(name) : self.write(text, to: name)
        }
    }

    /// The path of something beneath the root.
    func path(_ name: String) -> String {
        self.surroundings.path("\(Self.rootName)/\(name)")
    }

    /// The path of something beside the root.
    func path(outside name: String) -> String {
        self.surroundings.path(name)
    }

    func write(_ content: String, to name: String) throws {
        try self.surroundings.write(content, to: "\(Self.rootName)/\(name)")
    }

    func makeFolder(_ name: String) throws {
        try self.surroundings.makeFolder("\(Self.rootName)/\(name)")
    }

    func link(_ name: String, to target: String) throws {
        try self.surroundings.link("\(Self.rootName)/\(name)", to: target)
    }

    /// What a response holds.
    struct Reply: Equatable, CustomStringConvertible {
        var status: Int
        var meta: String
        var body: [UInt8]

        var text: String { String(decoding: self.body, as: UTF8.self) }
        var description: String { "\(self.status) \(self.meta)\n\(self.text.prefix(200))" }
    }

    /// Asks for a path, with a query where it has one.
    func get(_ path: String) async throws -> Reply {
        try await self.get(GeminiURL("gemini://localhost\(path)"))
    }

    func get(_ url: GeminiURL) async throws -> Reply {
        let response = try await self.files.respond(to: Request(line: RequestLine(url)))
        return Reply(
            status: Int(response.status.code),
            meta: response.header.meta?.text ?? "",
            body: try response.body.bytes
        )
    }

    /// Asks for a URL, and for those that redirects lead to.
    ///
    /// - Returns: the last reply, and how many redirects led to it.
    func follow(_ url: GeminiURL, atMost limit: Int = 5) async throws -> (reply: Reply, redirects: Int) {
        var url = url
        for redirects in 0...limit {
            let reply = try await self.get(url)
            guard reply.status / 10 == 3 else { return (reply, redirects) }
            url = try url.resolving(reply.meta)
        }
        throw TooManyRedirects(last: url)
    }

    struct TooManyRedirects: Error {
        var last: GeminiURL
    }
}

extension RootDirectory.Resolution {
    /// The kernel's and our own, which must not differ.
    static let both: [RootDirectory.Resolution] = [.kernel, .walk]
}

extension ResponseBody {
    /// The whole body.
    var bytes: [UInt8] {
        get throws {
            switch self {
            case .empty: return []
            case .bytes(let buffer): return Array(buffer.readableBytesView)
            case .stream: throw Unreadable()
            case .file(let file):
                var buffer = ByteBuffer()
                while buffer.readableBytes < file.length {
                    guard
                        case .bytes(let count) = file.read(65_536, at: Int64(buffer.readableBytes), into: &buffer),
                        count > 0
                    else { throw Unreadable() }
                }
                return Array(buffer.readableBytesView)
            }
        }
    }

    private struct Unreadable: Error {}
}
