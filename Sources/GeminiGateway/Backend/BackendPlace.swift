import GeminiServer

/// One of the requests that a daemon may have at once, until nobody holds it any more.
final class BackendPlace: Sendable {
    private let slots: ProcessSlots
    private let client: ClientNetwork?

    /// Takes a place that was waited for.
    init(takenFrom slots: ProcessSlots, for client: ClientNetwork?) {
        self.slots = slots
        self.client = client
    }

    deinit {
        self.slots.release(self.client)
    }
}
