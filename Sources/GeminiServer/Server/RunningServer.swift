public import NIOCore

/// A server that listens. Thread-safe.
public final class RunningServer: Sendable {
    /// The addresses that it listens on, with the ports that the system picked.
    public let addresses: [SocketAddress]

    private let channels: [any Channel]
    private let registries: [NIOLoopBound<ConnectionRegistry>]
    private let census: ConnectionCensus
    let certificates: CertificateRenewal
    private let renewal: Task<Void, Never>?
    private let group: any EventLoopGroup

    init(
        channels: [any Channel],
        registries: [NIOLoopBound<ConnectionRegistry>],
        census: ConnectionCensus,
        certificates: CertificateRenewal,
        group: any EventLoopGroup
    ) {
        // Each address has a channel on every event loop.
        var addresses: [SocketAddress] = []
        for case let address? in channels.map(\.localAddress) where !addresses.contains(address) {
            addresses.append(address)
        }
        self.addresses = addresses
        self.channels = channels
        self.registries = registries
        self.census = census
        self.certificates = certificates
        self.renewal = certificates.isNeeded ? Task { await certificates.run() } : nil
        self.group = group
    }

    /// The connections that are open now.
    public var connectionCount: Int {
        self.census.total
    }

    /// Stops: no connection is accepted from here on, those that have sent nothing are closed, and responses under way
    /// may go on for the grace period. Returns when all connections are gone.
    public func shutDown(grace: Duration) async {
        self.renewal?.cancel()
        for channel in self.channels { try? await channel.close() }
        for registry in self.registries {
            registry.eventLoop.execute { registry.value.shutDown() }
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
