import Canaveral
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport

/// Somebody who asks a responder for pages, with a certificate or without.
struct Visitor: Sendable {
    let responder: any Responder
    var certificate: ClientCertificate?

    init(_ responder: any Responder, with identity: TestIdentity? = nil) throws {
        self.responder = responder
        self.certificate = try identity.map { ClientCertificate(der: try $0.der) }
    }

    /// What comes back, in one line.
    struct Answer: Equatable, CustomStringConvertible {
        let status: Int
        let meta: String
        let body: String

        init(_ response: Response) {
            self.status = response.status.code
            self.meta = response.header.meta?.text ?? ""
            self.body = if case .bytes(let bytes) = response.body { String(buffer: bytes) } else { "" }
        }

        /// The status, and the body of a page or the meta of anything else, on localhost.
        var description: String {
            let text = self.status == 20 ? self.body : self.meta
            return "\(self.status) \(text.hasPrefix("gemini://localhost") ? String(text.dropFirst(18)) : text)"
        }
    }

    /// Asks for a path, typing what is not empty as the query.
    func get(_ path: String, _ input: String? = nil) async throws -> Answer {
        let query = input.map { "?" + PercentEncoding.encode(segment: $0) } ?? ""
        let line = try RequestLine(parsing: Array("gemini://localhost\(path)\(query)".utf8).span)
        let request = Request(line: line, clientCertificate: self.certificate)
        do {
            return Answer(try await self.responder.respond(to: request))
        } catch let error as any ResponseError {
            return Answer(error.response)
        }
    }

    /// Asks for a path and goes where that leads.
    ///
    /// - Returns: where it has led, and what was there.
    func follow(_ path: String, _ input: String? = nil) async throws -> (path: String, answer: Answer) {
        var path = path
        var answer = try await self.get(path, input)
        var count = 0
        while answer.status == 30, count < 5 {
            path = String(answer.description.dropFirst(3))
            answer = try await self.get(path)
            count += 1
        }
        return (path, answer)
    }
}
