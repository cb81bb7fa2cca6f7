import Logging
import NIOConcurrencyHelpers

/// Change while the server runs.
extension RunningServer {
    /// Goes over to another configuration without a pause.
    ///
    /// It is checked and everything that it needs is made first; then, at once, connections to come are served by it. Those
    /// that are open end as they began: with their hosts, responders, limits and certificates. They go on to count where the
    /// new configuration limits their number. One change follows the other, in the order of the calls.
    ///
    /// An address that both configurations listen on stays open, and no client that waits in its queue notices; new ones are
    /// opened before the change, and those that are gone closed after it, also where one is `0.0.0.0` and the other one of its
    /// addresses. Whether an address is shared with other processes
    /// (``ServerConfiguration/reusesPort``) is settled when it is opened.
    ///
    /// ```swift
    /// for await _ in signals where signal == .sighup {
    ///     do { try await running.reload(readConfiguration()) } catch { logger.error("…: \(error)") }
    /// }
    /// ```
    ///
    /// - Throws: what ``Server/start()`` throws of the configuration, and ``ServerConfigurationError/serverStopped``. Then
    ///   nothing has changed.
    public func reload(_ configuration: ServerConfiguration) async throws {
        do {
            try await self.take(configuration)
            self.metrics.reloaded(taken: true)
        } catch {
            self.metrics.reloaded(taken: false)
            throw error
        }
    }

    private func take(_ configuration: ServerConfiguration) async throws {
        try await self.changes.take {
            guard !self.state.withLockedValue({ $0.isStopped }) else { throw ServerConfigurationError.serverStopped }
            let environment = try await ConnectionEnvironment.make(
                configuration,
                following: self.listener.environment
            )
            var listener = self.listener
            listener.reusesPort = configuration.reusesPort
            listener.stallTimeout = configuration.limits.stallTimeout
            var plan = ListeningPlan(configuration.listeners, open: self.points)
            try await plan.open(with: listener, leavesOthers: true)

            // From here on nothing can fail.
            let descriptors = DescriptorLimit.raise()
            self.listener.census.change(configuration.limits, descriptors: descriptors)
            self.listener.serving.withLockedValue { $0 = environment }
            plan.takeOver()
            for point in plan.points { point.bound(configuration.limits.stallTimeout) }
            self.state.withLockedValue { $0.points = plan.points }
            await self.look(after: CertificateUpkeep(configuration, environment))
            self.listener.census.explain(configuration.limits, descriptors: descriptors, to: configuration.logger)
            for point in plan.others { await point.close(hasSuccessor: plan.isShared(point) || listener.reusesPort) }
            if let port = plan.endSharing() {
                configuration.logger.warning(
                    "Other programs of this user can share port \(port) since the addresses there were exchanged: restart the server to have it for itself again."
                )
            }
        }
    }

    /// Reads the files of all certificates again, whether they seem to have changed or not; new connections see the new ones.
    ///
    /// A pair that cannot be used keeps the one before. The log says what has become of each that has changed, and what is
    /// wrong with those that cannot be used.
    public func reloadCertificates() async {
        await self.changes.take { await self.upkeep.reloadFiles() }
    }

    private func look(after upkeep: CertificateUpkeep) async {
        let before = self.state.withLockedValue { $0.upkeepTask }
        before.cancel()
        await before.value
        // A certificate that both configurations have may have been exchanged since its context was made.
        await upkeep.showCurrent()
        self.state.withLockedValue { state in
            state.upkeep = upkeep
            state.upkeepTask = Task { await upkeep.run() }
        }
    }
}
