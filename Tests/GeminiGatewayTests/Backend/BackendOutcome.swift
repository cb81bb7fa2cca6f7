import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport

@testable import GeminiGateway

/// What a client would get of a responder, and whether it came to its end.
struct BackendOutcome: Equatable, CustomStringConvertible {
    var header: String
    var body = ""
    var isWhole = true

    init(_ header: String, _ body: String = "", isWhole: Bool = true) {
        self.header = header
        self.body = body
        self.isWhole = isWhole
    }

    init(
        of responder: any Responder,
        _ line: String = "gemini://localhost/app/x?q",
        upload: [String]? = nil
    ) async throws {
        var request = try gatewayRequest(line, basePath: "/app")
        if let upload, let parameters = request.upload?.parameters {
            let chunks = AsyncStream<ByteBuffer> { continuation in
                for piece in upload { continuation.yield(ByteBuffer(string: piece)) }
                continuation.finish()
            }
            request.upload = Upload(parameters: parameters, chunks: chunks)
        }
        try await self.init(of: responder, request)
    }

    init(of responder: any Responder, _ request: Request) async throws {
        let response: Response
        do {
            response = try await responder.respond(to: request)
        } catch let error as any ResponseError {
            response = error.response
        }
        self.header = response.header.description
        switch response.body {
        case .bytes(let bytes): self.body = String(buffer: bytes)
        case .stream(let produce):
            let collected = NIOLockedValueBox(ByteBuffer())
            do {
                try await produce(
                    ResponseWriter { bytes in collected.withLockedValue { _ = $0.writeImmutableBuffer(bytes) } }
                )
            } catch {
                self.isWhole = false
            }
            self.body = String(buffer: collected.withLockedValue { $0 })
        case .empty, .file: break
        }
    }

    var description: String {
        "\(self.header), \(self.body.utf8.count) bytes '\(self.body.prefix(80))', \(self.isWhole ? "whole" : "cut")"
    }

    static let gatewayError = BackendOutcome("42 CGI error")
}

extension BackendAddress {
    /// Where a scripted daemon listens.
    static func scripted(_ server: ScriptedServer) -> BackendAddress {
        .tcp(host: "127.0.0.1", port: server.port)
    }
}

extension BackendOptions {
    /// Limits that a test can trip, and does not by being one of a thousand that wait for a processor.
    static func short(_ log: RecordingLog = RecordingLog()) -> BackendOptions {
        var options = BackendOptions()
        options.connectTimeout = .seconds(8)
        options.headerTimeout = .seconds(8)
        options.stallTimeout = .seconds(8)
        options.runTimeout = .seconds(60)
        options.logger = log.logger
        return options
    }
}
