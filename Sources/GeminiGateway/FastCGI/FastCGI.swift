public import GeminiServer
import NIOCore

/// Answers with what a daemon answers by FastCGI, in the role of a responder (FC-01…FC-03).
///
/// ```swift
/// var options = BackendOptions()
/// options.documentRoot = "/srv/gemini"
/// options.scriptSegments = 1
/// routes.mount("/cgi-bin", .fastCGI(to: "unix:/run/fcgiwrap.socket", options: options))
/// ```
///
/// Standard output is a Gemini response: a line `NN text`, which is checked, and the body, which leaves as it comes, at the
/// pace of the client. Standard input is the upload of a Titan request, or nothing. Standard error goes to the log.
///
/// Connections are kept for later requests (``BackendOptions/keptConnections``). One that turns out to be dead before
/// anything came of it costs a second attempt, and no answer.
///
/// A daemon that cannot be connected to, that takes too long, that does not speak FastCGI or whose output is no response:
/// 42; one that says it is overloaded: 41. What goes wrong behind the first line, a status of the program other than 0
/// included, ends the connection without close_notify, so that the client can tell (GP-011). When a client leaves, the
/// daemon is told to abort.
public struct FastCGI: Responder {
    private let backend: Backend

    /// - Parameters:
    ///   - address: where the daemon listens.
    ///   - options: variables and limits.
    public init(to address: BackendAddress, options: BackendOptions = BackendOptions()) {
        self.backend = Backend(address, options: options, keepsConnections: true)
    }

    public func respond(to request: Request) async throws -> Response {
        let variables = try self.backend.variables(for: request, carrier: .fastCGI)
        let upload = try request.upload?.body(upTo: self.backend.options.uploadLimit)
        // An upload that is refused before it was read would be in the way of the next request.
        let keepsConnection = self.backend.keepsConnections && upload == nil
        var head = ByteBuffer(bytes: FastCGIRecord.begin(keepsConnection: keepsConnection))
        head.writeBytes(FastCGIRecord.parameters(variables.all.lazy.map { ($0.name, $0.value) }))
        let endOfInput = ByteBuffer(bytes: FastCGIRecord.inputHeader(0))
        if upload == nil { head.writeImmutableBuffer(endOfInput) }
        let message = BackendMessage(
            head: head,
            upload: upload,
            frame: Self.records,
            trailer: endOfInput,
            farewell: ByteBuffer(bytes: FastCGIRecord.abort)
        )
        return try await self.backend.respond(to: request, message, reply: .records(FastCGIReader()))
    }

    /// Puts a piece of an upload into records.
    private static func records(_ piece: ByteBuffer) -> ByteBuffer {
        var rest = piece
        var records = ByteBuffer()
        records.reserveCapacity(piece.readableBytes + 32)
        while var content = rest.readSlice(length: min(rest.readableBytes, FastCGIRecord.maximumContent)),
            content.readableBytes > 0
        {
            let count = content.readableBytes
            records.writeBytes(FastCGIRecord.inputHeader(count))
            records.writeBuffer(&content)
            records.writeBytes(FastCGIRecord.padding(count))
        }
        return records
    }
}

extension Responder where Self == FastCGI {
    /// Answers with what a daemon answers by FastCGI, as in `.fastCGI(to: "127.0.0.1:9000")`.
    public static func fastCGI(to address: BackendAddress, options: BackendOptions = BackendOptions()) -> FastCGI {
        FastCGI(to: address, options: options)
    }
}
