/// One of the requests that a daemon may have at once, until nobody holds it any more.
final class BackendPlace: Sendable {
    private let slots: ProcessSlots

    /// Takes a place that was waited for.
    init(takenFrom slots: ProcessSlots) {
        self.slots = slots
    }

    deinit {
        self.slots.release()
    }
}
