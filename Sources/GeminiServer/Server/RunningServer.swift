public import NIOCore

/// A server that listens. Thread-safe.
public final class RunningServer: Sendable {
    /// The addresses that it listens on, with the ports that the system picked.
    public let addresses: [SocketAddress]

    private let bound: [BoundAddress]
    private let registries: [NIOLoopBound<ConnectionRegistry>]
    private let census: ConnectionCensus
    let certificates: CertificateRenewal
    /// What it counts.
    package let metrics: ServerMetrics
    private let renewal: Task<Void, Never>?
    private let group: any EventLoopGroup

    init(
        bound: [BoundAddress],
        registries: [NIOLoopBound<ConnectionRegistry>],
        census: ConnectionCensus,
        certificates: CertificateRenewal,
        metrics: ServerMetrics,
        group: any EventLoopGroup
    ) {
        self.addresses = bound.compactMap(\.address)
        self.bound = bound
        self.registries = registries
        self.census = census
        self.certificates = certificates
        self.metrics = metrics
        self.renewal = certificates.isNeeded ? Task { await certificates.run() } : nil
        self.group = group
    }

    /// The connections that are open now.
    public var connectionCount: Int {
        self.census.total
    }

    /// Stops: no connection is accepted from here on, those that have sent nothing have half a second to begin, and
    /// responses under way may go on for the grace period. Returns when all connections are gone.
    public func shutDown(grace: Duration) async {
        self.renewal?.cancel()
        for address in self.bound { await address.close() }
        // Behind what each event loop has still to do: a connection just accepted is counted after this, and told too.
        for registry in self.registries {
            try? await registry.eventLoop.submit { registry.value.shutDown() }.get()
        }
        let timer = self.group.any().scheduleTask(in: TimeAmount(grace)) {
            for registry in self.registries {
                registry.eventLoop.execute { registry.value.abort() }
            }
        }
        try? await self.census.empty(on: self.group.any()).get()
        timer.cancel()
    }
}
