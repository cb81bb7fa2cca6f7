package import GeminiServer

/// What `[limits]` says: what one client may cost.
package struct LimitSettings: Hashable, Sendable {
    package var connections: Int?
    /// `nil`: no cap.
    package var connectionsPerAddress: Int? = 256
    package var handshakeTimeout: Duration = .seconds(10)
    package var requestTimeout: Duration = .seconds(10)
    package var stallTimeout: Duration = .seconds(60)
    package var uploadSize = 10 << 20
    package var uploadTimeout: Duration = .seconds(600)
    package var grace: Duration = .seconds(2)

    package init() {}

    /// As the server takes them.
    package var limits: Limits {
        var limits = Limits()
        limits.maximumConnections = self.connections
        limits.maximumConnectionsPerAddress = self.connectionsPerAddress
        limits.handshakeTimeout = self.handshakeTimeout
        limits.requestTimeout = self.requestTimeout
        limits.stallTimeout = self.stallTimeout
        limits.uploadSize = self.uploadSize
        limits.uploadTimeout = self.uploadTimeout
        return limits
    }
}

extension LimitSettings {
    enum Keys {
        static let connections = Setting(
            "connections",
            .count(),
            "Connections open at once. Without it: half of the files that the process may have open, less a few.",
            example: "1000"
        )
        static let connectionsPerAddress = Setting(
            "connections-per-address",
            .count(from: 0),
            "Connections open at once from one address, or from one IPv6 network of 64 bits; 0: no cap.",
            standard: "256",
            example: "64"
        )
        static let handshakeTimeout = Setting(
            "handshake-timeout",
            .duration(),
            "How long a TLS handshake may take.",
            standard: "\"10s\"",
            example: "\"5s\""
        )
        static let requestTimeout = Setting(
            "request-timeout",
            .duration(from: .seconds(6)),
            "How long a client may take to send its request, at least 6 s, which slow clients are given by the protocol's tests.",
            standard: "\"10s\"",
            example: "\"15s\""
        )
        static let stallTimeout = Setting(
            "stall-timeout",
            .duration(),
            "How long a client may take nothing of a response. A response as a whole may take as long as it likes.",
            standard: "\"60s\"",
            example: "\"30s\""
        )
        static let uploadSize = Setting(
            "upload-size",
            .size,
            "Bytes of a Titan upload that are taken where a location has no limit of its own.",
            standard: "\"10 MiB\"",
            example: "\"1 MiB\""
        )
        static let uploadTimeout = Setting(
            "upload-timeout",
            .duration(),
            "How long an upload may take as a whole.",
            standard: "\"10m\"",
            example: "\"2m\""
        )
        static let grace = Setting(
            "grace",
            .duration(from: .zero),
            "How long responses may go on after a signal to stop.",
            standard: "\"2s\"",
            example: "\"30s\""
        )
    }

    static let schema = TableSchema(
        "limits",
        "What clients may cost, and how long they may take.",
        [
            Keys.connections.description, Keys.connectionsPerAddress.description, Keys.handshakeTimeout.description,
            Keys.requestTimeout.description, Keys.stallTimeout.description, Keys.uploadSize.description,
            Keys.uploadTimeout.description, Keys.grace.description,
        ]
    )

    init(_ table: TableReader) {
        self.connections = table[Keys.connections]
        if let cap = table[Keys.connectionsPerAddress] { self.connectionsPerAddress = cap == 0 ? nil : cap }
        if let time = table[Keys.handshakeTimeout] { self.handshakeTimeout = time }
        if let time = table[Keys.requestTimeout] { self.requestTimeout = time }
        if let time = table[Keys.stallTimeout] { self.stallTimeout = time }
        if let size = table[Keys.uploadSize] { self.uploadSize = size }
        if let time = table[Keys.uploadTimeout] { self.uploadTimeout = time }
        if let time = table[Keys.grace] { self.grace = time }
    }
}
