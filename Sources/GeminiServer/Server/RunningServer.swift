import NIOConcurrencyHelpers
public import NIOCore

/// A server that listens. Thread-safe.
public final class RunningServer: Sendable {
    let listener: Listener
    private let points: NIOLockedValueBox<[ListeningPoint]>
    let state: NIOLockedValueBox<State>
    /// Changes wait for each other, and the end for them.
    let changes = Turns()

    struct State {
        var upkeep: CertificateUpkeep
        var upkeepTask: Task<Void, Never>
        var isStopped = false
    }

    init(listener: Listener, points: [ListeningPoint], upkeep: CertificateUpkeep) {
        self.listener = listener
        self.points = NIOLockedValueBox(points)
        self.state = NIOLockedValueBox(State(upkeep: upkeep, upkeepTask: Task { await upkeep.run() }))
    }

    /// The addresses that it listens on, with the ports that the system picked.
    public var addresses: [SocketAddress] {
        self.points.withLockedValue { $0.flatMap(\.addresses) }
    }

    /// What it listens on.
    public var listeners: [ListenerConfiguration] {
        self.points.withLockedValue { $0.map(\.configuration) }
    }

    /// Begins to listen on more addresses, on all of them or on none.
    ///
    /// Where it listens already, the connections to come are treated as the listener says now; those that are open stay as
    /// they are.
    ///
    /// - Throws: ``ListenError`` where an address cannot be had. Then nothing has changed.
    public func listen(on listeners: [ListenerConfiguration]) async throws(ListenError) {
        let open = self.points.withLockedValue { $0 }
        let kept = listeners.compactMap { listener in
            open.first { $0.configuration.address.place == listener.address.place }.map { ($0, listener) }
        }
        let new = try await self.listener.listen(
            on: listeners.filter { listener in !kept.contains { $0.1 == listener } }
        )
        for (point, listener) in kept { point.take(over: listener) }
        self.points.withLockedValue { $0 += new }
        // It may have been told to stop meanwhile.
        if self.state.withLockedValue({ $0.isStopped }) { await self.closeAll() }
    }

    /// Stops listening on an address. Connections that came by it go on; those in the queue of an inherited socket are left to
    /// whoever accepts from it next.
    public func close(_ address: ListenAddress) async {
        let gone = self.points.withLockedValue { points in
            let gone = points.filter { $0.configuration.address.place == address.place }
            points.removeAll { $0.configuration.address.place == address.place }
            return gone
        }
        for point in gone { await point.close() }
    }

    private func closeAll() async {
        for point in self.points.withLockedValue({ $0 }) { await point.close() }
    }

    /// The connections that are open now.
    public var connectionCount: Int {
        self.listener.census.total
    }

    /// The certificates of its hosts as they stand, one for each host.
    public var certificates: [HostCertificate] {
        self.upkeep.hosts.map(\.certificate)
    }

    /// What it counts. A configuration that comes to no ``reload(_:)``, because it cannot be read, is for the caller to count.
    package var metrics: ServerMetrics {
        self.listener.environment.metrics
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
            await self.closeAll()
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
