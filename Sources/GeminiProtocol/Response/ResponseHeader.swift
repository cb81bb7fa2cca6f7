/// The first line of a response: a status and its text.
///
/// A server makes one with a member that fits the status or with ``init(_:_:)``; whatever comes out of those can be
/// sent as it is. A client gets one from ``parse(_:metaLimit:)`` or from a ``ResponseHeaderDecoder``, which take what a
/// peer may get wrong; ``sendable`` is what such a header becomes when it is passed on.
///
/// ```swift
/// ResponseHeader.success(.gemtext).bytes          // 20 text/gemini␍␊
/// ResponseHeader.input("Your name?").bytes        // 10 Your name?␍␊
/// try ResponseHeader(.notFound).bytes             // 51 Not found␍␊
/// ```
public struct ResponseHeader: Sendable, Hashable {
    /// What happened.
    public let status: Status

    /// The prompt, media type, address or message; `nil` when a peer sent none.
    ///
    /// A redirect always has one, and so has every header that was made to be sent.
    public let meta: Meta?

    /// Makes a header to send.
    ///
    /// Without a meta, a failure gets its status's default text, so that no header without text leaves (GP-074).
    ///
    /// - Throws: ``UnsendableHeader/undefinedStatus(_:)`` for a code that the protocol does not define (GP-077),
    ///   ``UnsendableHeader/missingMeta(_:)`` when a status that needs a meta has none (GP-073). A server answers with
    ///   42 or 40 instead and logs the error.
    public init(_ status: Status, _ meta: Meta? = nil) throws(UnsendableHeader) {
        guard status.isDefined else { throw .undefinedStatus(status) }
        guard meta != nil || !status.requiresMeta else { throw .missingMeta(status) }
        self.init(unchecked: status, meta ?? status.defaultMeta)
    }

    /// Makes a header to send of text that nobody has checked yet, such as what an application or a CGI program gave.
    ///
    /// A prompt or a message is made fit, as ``Meta/init(sanitizing:)`` does; a media type or an address has to be fit
    /// already, since a part of it would mean something else (GP-076).
    ///
    /// - Throws: as ``init(_:_:)`` does, and ``UnsendableHeader/invalidMeta(_:_:)``.
    public init(_ status: Status, text: some StringProtocol) throws(UnsendableHeader) {
        switch status.group {
        case .success, .redirect:
            let meta: Meta
            do throws(MetaError) {
                meta = try Meta(text)
            } catch .empty {
                throw .missingMeta(status)
            } catch {
                throw .invalidMeta(status, error)
            }
            try self.init(status, meta)
        case .input, .temporaryFailure, .permanentFailure, .clientCertificate:
            try self.init(status, Meta(sanitizing: text))
        }
    }

    /// Takes what is known to fit together.
    init(unchecked status: Status, _ meta: Meta?) {
        self.status = status
        self.meta = meta
    }
}
