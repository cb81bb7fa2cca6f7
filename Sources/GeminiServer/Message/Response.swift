public import GeminiProtocol
import NIOCore

/// One Gemini response: its header, and after a success the document.
///
/// Whatever is put into it, exactly one well-formed header leaves the server: a `Meta` holds no control characters, a
/// status is one that the protocol defines, and a body behind any status but a success is dropped (GP-077, GP-078).
public struct Response: Sendable {
    public var header: ResponseHeader
    public var body: ResponseBody

    /// Whether the exchange is recorded in the access log.
    public var isLogged = true

    public init(_ header: ResponseHeader, body: ResponseBody = .empty) {
        self.header = header
        self.body = body
    }

    /// The status of the header.
    public var status: Status {
        self.header.status
    }
}

extension Response {
    /// A document of the given type (status 20).
    public static func success(_ mediaType: MediaType, _ body: ResponseBody) -> Response {
        Response(.success(mediaType), body: body)
    }

    /// A page of plain text (status 20).
    public static func text(_ text: String) -> Response {
        .success(.plainText, .bytes(ByteBuffer(string: text)))
    }

    /// A question to the user (status 10), or one whose answer is not to be shown as it is typed (status 11).
    public static func input(_ prompt: Meta, sensitive: Bool = false) -> Response {
        Response(.input(prompt, sensitive: sensitive))
    }

    /// Sends the client elsewhere (status 30, or 31 for good), without the target's fragment (GP-134).
    ///
    /// An empty target, or one over 1,024 bytes, cannot be sent: the response is 40 instead (GP-076, GP-130).
    public static func redirect(to target: URIReference, permanent: Bool = false) -> Response {
        // In an encoded reference the first number sign begins the fragment.
        guard let meta = try? Meta(target.description.prefix { $0 != "#" }) else {
            return .failure(.temporaryFailure)
        }
        return Response(.redirect(to: meta, permanent: permanent))
    }

    /// Sends the client elsewhere, as in `.redirect(to: "/users/\(name)")`, where a value is one segment of the path whatever
    /// is in it.
    public static func redirect(to target: Link.Target, permanent: Bool = false) -> Response {
        guard let reference = try? URIReference(target.description) else { return .failure(.temporaryFailure) }
        return .redirect(to: reference, permanent: permanent)
    }

    /// A refusal, with the status's usual text unless another is given. Never without text: widespread clients refuse
    /// a bare status (GP-074).
    ///
    /// - Parameters:
    ///   - status: one of the groups 4, 5 and 6; what is no refusal becomes 40.
    ///   - message: what the client is told; control characters and what is over 1,024 bytes do not reach it.
    public static func failure(_ status: Status, _ message: String? = nil) -> Response {
        Response(.failure(status, message.flatMap { Meta(sanitizing: $0) }))
    }

    /// Nothing is here (status 51).
    public static var notFound: Response {
        .failure(.notFound)
    }
}
