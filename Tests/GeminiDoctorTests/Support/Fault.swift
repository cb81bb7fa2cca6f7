import NIOSSL

/// What is wrong with a ``FaultyServer``. Without a change there is nothing.
struct Fault: Sendable {
    struct Request: Sendable {
        /// Without its CRLF.
        var line: [UInt8]
        /// How many requests came before it.
        var number: Int
        var certificate: NIOSSLCertificate?

        var text: String { String(decoding: self.line, as: UTF8.self) }

        /// What follows `gemini://localhost:port`, `nil` for other lines.
        var path: String? {
            guard self.text.hasPrefix("gemini://localhost:") else { return nil }
            return String(self.text.dropFirst("gemini://localhost:".count).drop(while: \.isNumber))
        }
    }

    enum End: Sendable {
        /// close_notify, FIN, and what comes afterwards is read.
        case orderly
        /// FIN without close_notify.
        case finished
        case reset
        case never
        /// close_notify, and FIN when the client's comes, or after a while.
        case afterClient
    }

    enum Terminator: Sendable {
        case crlf, lineFeed, packet
    }

    enum Plaintext: Sendable {
        case silence, alert, answer
    }

    enum HelloReaction: Sendable {
        case accept
        /// With a context of its own, which knows none of the sessions of others.
        case acceptAnew
        case drop
        /// Never says anything.
        case ignore
    }

    /// The whole response to a request, where it is not what is right.
    var answer: @Sendable (Request) -> [UInt8]? = { _ in nil }
    var end = End.orderly
    var terminator = Terminator.crlf
    /// The longest line, `nil` for none.
    var longestLine: Int? = 1024
    var answersAgain = false
    /// Whether it closes with bytes unread, so that the connection is reset.
    var leavesBytesUnread = false
    /// Whether it answers a moment later, and nobody who has closed their side by then.
    var dropsAtHalfClose = false
    /// For the first bytes, and after the handshake for the request.
    var patience: Duration? = .seconds(2)
    /// How many connections in the beginning are waited for without limit.
    var patientConnections = 0
    var isPatienceRenewed = false
    var responseLimit: Duration?
    /// How many connections are served at a time.
    var places = Int.max
    var plaintext = Plaintext.silence
    var hello: @Sendable (HelloFacts) -> HelloReaction = { _ in .accept }
    var tls: @Sendable (inout TLSConfiguration) -> Void = { _ in }
    /// Whether client certificates are left to the library to judge.
    var judgesCertificates = false

    static let none = Fault()

    /// A fault in what is answered to some lines.
    static func answering(_ answer: @escaping @Sendable (Request) -> String?) -> Fault {
        var fault = Fault()
        fault.answer = { request in answer(request).map { Array($0.utf8) } }
        return fault
    }

    /// A fault that is one property.
    static func with<Value>(_ property: WritableKeyPath<Fault, Value>, _ value: Value) -> Fault {
        var fault = Fault()
        fault[keyPath: property] = value
        return fault
    }

    /// A server that gives up every connection after the first two so early.
    static func hasty(_ patience: Duration) -> Fault {
        var fault = Fault.with(\.patience, patience)
        fault.patientConnections = 2
        return fault
    }
}
