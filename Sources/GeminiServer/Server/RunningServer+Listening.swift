import NIOConcurrencyHelpers
public import NIOCore

/// Where the server listens.
extension RunningServer {
    /// The addresses that it listens on, with the ports that the system picked.
    public var addresses: [SocketAddress] {
        self.points.flatMap(\.addresses)
    }

    /// What it listens on.
    public var listeners: [ListenerConfiguration] {
        self.points.map(\.configuration)
    }

    /// Begins to listen on more addresses, on all of them or on none.
    ///
    /// Where it listens already, the connections to come are treated as the listener says now; those that are open stay as
    /// they are.
    ///
    /// - Throws: ``ListenError`` where an address cannot be had. Then nothing has changed.
    public func listen(on listeners: [ListenerConfiguration]) async throws(ListenError) {
        try await self.changes.take { () async throws(ListenError) in
            var plan = ListeningPlan(listeners, open: self.points)
            try await plan.open(with: self.listener, leavesOthers: false)
            self.state.withLockedValue { $0.points = plan.others + plan.points }
            plan.takeOver()
            if self.state.withLockedValue({ $0.isStopped }) { await self.closeAll() }
        }
    }

    /// Stops listening on an address. Connections that came by it go on; those in the queue of an inherited socket are left to
    /// whoever accepts from it next.
    public func close(_ address: ListenAddress) async {
        await self.changes.take {
            let gone = self.state.withLockedValue { state in
                let gone = state.points.filter { $0.configuration.address.place == address.place }
                state.points.removeAll { $0.configuration.address.place == address.place }
                return gone
            }
            for point in gone { await point.close() }
        }
    }

    func closeAll() async {
        for point in self.points { await point.close(hasSuccessor: self.listener.reusesPort) }
    }

    var points: [ListeningPoint] {
        self.state.withLockedValue { $0.points }
    }
}
