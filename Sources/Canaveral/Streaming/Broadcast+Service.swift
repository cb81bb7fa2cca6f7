public import ServiceLifecycle

/// Finishes when the application is told to stop, so that no reader of a page that never ends is waited for.
///
/// Services end in the opposite order of their start; a broadcast comes behind the capsule whose pages it feeds:
///
/// ```swift
/// try await ServiceGroup(
///     services: [capsule.service, chat],
///     gracefulShutdownSignals: [.sigterm, .sigint],
///     logger: logger
/// ).run()
/// ```
///
/// Without that, such readers are cut off when the grace of the capsule is over.
extension Broadcast: Service {
    public func run() async throws {
        defer { self.finish() }
        try await gracefulShutdown()
    }
}
