import ArgumentParser
import GeminiServer

/// What one client may cost, in seconds where it is a time.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long responses may go on after a signal to stop.", valueName: "seconds"))
    var grace = 2.0

    @Option(
        help: ArgumentHelp(
            "Connections open at once. (default: three quarters of the descriptor limit)",
            valueName: "number"
        )
    )
    var maxConnections: Int?

    @Option(
        help: ArgumentHelp(
            "Connections open at once from one address, or one IPv6 network of 64 bits; 0: no cap.",
            valueName: "number"
        )
    )
    var maxConnectionsPerAddress = 256

    @Option(help: ArgumentHelp("How long a TLS handshake may take.", valueName: "seconds"))
    var handshakeTimeout = 10.0

    @Option(help: ArgumentHelp("How long a client may take to send its request, at least 6.", valueName: "seconds"))
    var requestTimeout = 10.0

    @Option(
        help: ArgumentHelp(
            "How long a client may take nothing of a response. A response as a whole may take as long as it likes.",
            valueName: "seconds"
        )
    )
    var stallTimeout = 60.0

    func validate() throws {
        for (name, value) in [
            ("--handshake-timeout", self.handshakeTimeout), ("--stall-timeout", self.stallTimeout),
        ] where !(value > 0 && value <= 1_000_000) {
            throw ValidationError("\(name) takes a number of seconds above 0.")
        }
        guard self.grace >= 0, self.grace <= 1_000_000 else {
            throw ValidationError("--grace takes a number of seconds, 0 or more.")
        }
        guard self.requestTimeout >= 6, self.requestTimeout <= 1_000_000 else {
            throw ValidationError(
                "--request-timeout takes at least 6 seconds: slow clients are given that long by the protocol's tests."
            )
        }
        if let maxConnections, maxConnections < 1 {
            throw ValidationError("--max-connections takes a number above 0.")
        }
        guard self.maxConnectionsPerAddress >= 0 else {
            throw ValidationError("--max-connections-per-address takes a number, or 0 for no cap.")
        }
    }

    func limits() -> Limits {
        var limits = Limits()
        limits.handshakeTimeout = .seconds(self.handshakeTimeout)
        limits.requestTimeout = .seconds(self.requestTimeout)
        limits.stallTimeout = .seconds(self.stallTimeout)
        limits.maximumConnections = self.maxConnections
        limits.maximumConnectionsPerAddress = self.maxConnectionsPerAddress == 0 ? nil : self.maxConnectionsPerAddress
        return limits
    }
}
