import NIOConcurrencyHelpers
import NIOCore

/// A server that listens. Thread-safe.
public final class RunningServer: Sendable {
    let listener: Listener
    let state: NIOLockedValueBox<State>
    /// Changes wait for each other, and the end for them.
    let changes = Turns()

    struct State {
        var points: [ListeningPoint]
        var upkeep: CertificateUpkeep
        var upkeepTask: Task<Void, Never>
        var isStopped = false
    }

    init(listener: Listener, points: [ListeningPoint], upkeep: CertificateUpkeep) {
        self.listener = listener
        self.state = NIOLockedValueBox(
            State(points: points, upkeep: upkeep, upkeepTask: Task { await upkeep.run() })
        )
    }

    /// What it counts.
    package var metrics: ServerMetrics {
        self.listener.environment.metrics
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
