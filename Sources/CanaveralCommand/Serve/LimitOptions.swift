import ArgumentParser
import CanaveralConfiguration

/// What one client may cost, in seconds where it is a time.
struct LimitOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long responses may go on after a signal to stop. (default: 2)", valueName: "seconds"),
        transform: OptionValue.seconds(from: 0, as: "a number of seconds, 0 or more").transform
    )
    var grace: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Connections open at once. (default: half of the descriptor limit, less a few)",
            valueName: "number"
        ),
        transform: OptionValue.number(in: 1..., as: "a number above 0").transform
    )
    var maxConnections: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Connections open at once from one address, or one IPv6 network of 64 bits; 0: no cap. (default: 256)",
            valueName: "number"
        ),
        transform: OptionValue.number(in: 0..., as: "a number, or 0 for no cap").transform
    )
    var maxConnectionsPerAddress: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long a TLS handshake may take. (default: 10)", valueName: "seconds"),
        transform: OptionValue.positiveSeconds.transform
    )
    var handshakeTimeout: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long a client may take to send its request, at least 6. (default: 10)",
            valueName: "seconds"
        ),
        transform: OptionValue.seconds(
            from: 6,
            as: "at least 6 seconds, which slow clients are given by the protocol's tests"
        ).transform
    )
    var requestTimeout: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long a client may take nothing of a response. A response as a whole may take as long as it likes. (default: 60)",
            valueName: "seconds"
        ),
        transform: OptionValue.positiveSeconds.transform
    )
    var stallTimeout: Double?

    /// The limits, as these flags change them.
    func apply(to limits: inout LimitSettings) {
        if let grace { limits.grace = .seconds(grace) }
        if let maxConnections { limits.connections = maxConnections }
        if let cap = self.maxConnectionsPerAddress { limits.connectionsPerAddress = cap == 0 ? nil : cap }
        if let handshakeTimeout { limits.handshakeTimeout = .seconds(handshakeTimeout) }
        if let requestTimeout { limits.requestTimeout = .seconds(requestTimeout) }
        if let stallTimeout { limits.stallTimeout = .seconds(stallTimeout) }
    }
}
