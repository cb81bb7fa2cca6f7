import NIOConcurrencyHelpers
public import NIOCore

/// A server that listens. Thread-safe.
public final class RunningServer: Sendable {
    /// The addresses that it listens on, with the ports that the system picked.
    public let addresses: [SocketAddress]

    let listener: Listener
    private let bound: [BoundAddress]
    let state: NIOLockedValueBox<State>
    /// Changes wait for each other, and the end for them.
    let changes = Turns()

    struct State {
        var upkeep: CertificateUpkeep
        var upkeepTask: Task<Void, Never>
        var isStopped = false
    }

    init(listener: Listener, bound: [BoundAddress], upkeep: CertificateUpkeep) {
        self.addresses = bound.compactMap(\.address)
        self.listener = listener
        self.bound = bound
        self.state = NIOLockedValueBox(State(upkeep: upkeep, upkeepTask: Task { await upkeep.run() }))
    }

    /// The connections that are open now.
    public var connectionCount: Int {
        self.listener.census.total
    }

    /// The certificates of its hosts as they stand, one for each host.
    public var certificates: [HostCertificate] {
        self.upkeep.hosts.map(\.certificate)
    }

    /// What looks after the certificates.
    var upkeep: CertificateUpkeep {
        self.state.withLockedValue { $0.upkeep }
    }

    /// Stops: no connection is accepted from here on, those that have sent nothing have half a second to begin, and
    /// responses under way may go on for the grace period. Returns when all connections are gone.
    public func shutDown(grace: Duration) async {
        await self.changes.take {
            let upkeepTask = self.state.withLockedValue { state in
                state.isStopped = true
                return state.upkeepTask
            }
            upkeepTask.cancel()
            for address in self.bound { await address.close() }
        }
        let registries = self.listener.registries.values
        // Behind what each event loop has still to do: a connection just accepted is counted after this, and told too.
        for registry in registries {
            try? await registry.eventLoop.submit { registry.value.shutDown() }.get()
        }
        let eventLoop = self.listener.group.any()
        let timer = eventLoop.scheduleTask(in: TimeAmount(grace)) {
            for registry in registries {
                registry.eventLoop.execute { registry.value.abort() }
            }
        }
        try? await self.listener.census.empty(on: eventLoop).get()
        timer.cancel()
    }
}
