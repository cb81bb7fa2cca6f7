/// What a client does that is slow, hasty or rude.
///
/// ```swift
/// let slow = client.with(.pieces(of: 1))
/// let rude = client.with(.requestCut(after: 40))
/// ```
public struct Faults: Sendable {
    /// The bytes of a request, upload included, that are sent at once, each time in a TLS record and packet of their own.
    /// `nil`: as many as go into a record.
    public var pieceSize: Int?

    /// Called before each piece but the first, with the number of bytes sent so far. What it does is the delay: wait, look
    /// at what the capsule has done, move its clock.
    public var betweenPieces: (@Sendable (_ sent: Int) async throws -> Void)?

    /// The bytes of the request after which the client sends no more: it is gone, or with ``endsInput`` goes on reading.
    public var requestCut: Int?

    /// The bytes of the response, header included, after which the client is gone.
    public var responseCut: Int?

    /// Whether the client closes its side when it has sent what it sends, and reads on (half-closure).
    public var endsInput = false

    public init() {}

    /// A request in pieces.
    public static func pieces(
        of size: Int,
        between: (@Sendable (_ sent: Int) async throws -> Void)? = nil
    ) -> Faults {
        var faults = Faults()
        faults.pieceSize = size
        faults.betweenPieces = between
        return faults
    }

    /// A client that goes away within its request; its calls throw ``TestError/requestCut(after:)``.
    public static func requestCut(after count: Int) -> Faults {
        var faults = Faults()
        faults.requestCut = count
        return faults
    }

    /// A client that goes away within the response; what it got of a page is ``TestPage/isTruncated``.
    public static func responseCut(after count: Int) -> Faults {
        var faults = Faults()
        faults.responseCut = count
        return faults
    }

    /// A client that closes its side behind its request, or after some bytes of it.
    public static func halfClosed(after count: Int? = nil) -> Faults {
        var faults = Faults()
        faults.requestCut = count
        faults.endsInput = true
        return faults
    }
}
