public import GeminiProtocol

/// One of the capsules that a server holds: its names, its identity, and who answers for it.
public struct VirtualHost: Sendable {
    /// The hosts in URLs that mean this one. Compared without regard to case, to the spelling of international names
    /// (GP-028), or to a final dot (GP-031).
    public var names: [Host]

    /// More hosts that mean this one, by pattern. A host that has a name of its own comes first, whichever that is.
    public var wildcards: [HostPattern] = []

    /// The certificate that clients see when they ask for one of the names.
    public var identity: ServerIdentity

    /// Whether its certificate is the one for clients that ask for none of the server's hosts, or that name none (GP-007,
    /// DA-15). Where no host is it, the first one's is.
    public var isDefault = false

    /// Who answers.
    public var responder: any Responder

    /// Whether Titan requests, to upload and to edit, reach the responder; otherwise they are refused with 53 (TI-27).
    /// The responder sees them by ``Request/upload`` and ``Request/isEdit``, before a byte of the body is read (TI-12).
    public var acceptsUploads: Bool

    /// Bytes of a Titan upload that are taken where its responder names no limit of its own; `nil` for what the server's
    /// ``Limits/uploadSize`` says.
    public var uploadSize: Int?

    /// Where its exchanges are recorded; `nil` for where the server's are.
    public var accessLog: (any AccessLogSink)?

    public init(
        names: [Host],
        identity: ServerIdentity,
        responder: any Responder,
        acceptsUploads: Bool = false
    ) {
        self.names = names
        self.identity = identity
        self.responder = responder
        self.acceptsUploads = acceptsUploads
    }
}

extension VirtualHost {
    /// Its names and patterns, as clients spell names in a hello.
    package var serverNames: [String] {
        self.names.map(\.withoutTrailingDot.description) + self.wildcards.map(\.description)
    }
}
