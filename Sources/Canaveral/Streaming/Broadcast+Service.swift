public import ServiceLifecycle

/// Finishes when the application is told to stop, so that no reader of a page that never ends is waited for.
///
/// ```swift
/// options.services.append(chat)
/// ```
///
/// A capsule ends the broadcasts among its services before it stops itself. Without that, their readers are cut off when
/// the grace of the capsule is over. In a `ServiceGroup` of the application's own, where services end in the opposite
/// order of their start, a broadcast comes behind the capsule.
extension Broadcast: Service {
    public func run() async throws {
        defer { self.finish() }
        try await gracefulShutdown()
    }
}

extension Broadcast: PageFeeding {}
