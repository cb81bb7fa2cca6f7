import Foundation
import GeminiGateway
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport

/// A folder of programs for a test, and what runs them.
struct CGIFolder {
    let files: TemporaryDirectory
    let log = RecordingLog()
    var options = CGI.Options()

    init() throws {
        self.files = try TemporaryDirectory()
        self.options.logger = self.log.logger
        // Not what is tested, and among a thousand other tests a program may wait for a processor.
        self.options.headerTimeout = .seconds(60)
        self.options.runTimeout = .seconds(120)
        // Where the test's own folder is, for what programs leave there.
        self.options.confinement = CGI.Confinement(writable: [self.files.path])
    }

    /// Writes a program in shell.
    @discardableResult
    func script(_ name: String, _ body: String, mode: Int = 0o755) throws -> String {
        try self.file(name, "#!/bin/sh\n" + body + "\n", mode: mode)
    }

    @discardableResult
    func file(_ name: String, _ content: String, mode: Int = 0o755) throws -> String {
        let path = try self.files.write(content, to: name)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    func responder() throws -> CGI {
        try CGI(in: self.files.path, options: self.options)
    }

    /// What a program left in a file of the folder, once there is a line of it.
    func line(of name: String) async -> String? {
        var text: String?
        _ = await eventually {
            text = try? String(contentsOfFile: self.files.path(name), encoding: .utf8)
            return text?.hasSuffix("\n") == true
        }
        return text?.trimmingCharacters(in: .newlines)
    }

    /// Whether a process is there, and not as a zombie.
    static func isRunning(_ id: String) -> Bool {
        guard let number = Int32(id), kill(number, 0) == 0 else { return false }
        guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) else { return false }
        return stat.split(separator: ")").last?.split(separator: " ").first != "Z"
    }
}

/// A body in memory, and whether it came to its end.
struct Collected {
    var text: String
    var isWhole: Bool
}

extension Response {
    /// Runs what produces the body.
    func collected() async -> Collected {
        switch self.body {
        case .stream(let produce):
            let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
            let writer = ResponseWriter { continuation.yield($0) }
            var isWhole = true
            do { try await produce(writer) } catch { isWhole = false }
            continuation.finish()
            var all = ByteBuffer()
            for await piece in stream { all.writeImmutableBuffer(piece) }
            return Collected(text: String(buffer: all), isWhole: isWhole)
        case .bytes(let bytes):
            return Collected(text: String(buffer: bytes), isWhole: true)
        case .empty, .file:
            return Collected(text: "", isWhole: true)
        }
    }
}

extension CGI {
    /// What comes of a request line.
    func answer(
        _ line: String,
        basePath: String = "/cgi-bin",
        from address: String = "10.10.0.2"
    ) async throws -> (header: String, body: Collected) {
        let response: Response
        do {
            response = try await self.respond(to: gatewayRequest(line, basePath: basePath, from: address))
        } catch let error as any ResponseError {
            response = error.response
        }
        return (response.header.description, await response.collected())
    }
}
