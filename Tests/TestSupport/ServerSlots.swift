/// How many servers the tests run at the same time, so that deadlines and bursts mean something on a small machine.
///
/// Who came first is served first; one that asks for all slots has the machine for itself.
actor ServerSlots {
    static let count = 6
    static let shared = ServerSlots()

    /// Whether what runs has its turn already: a second server within it waits for nobody, who might wait for the first.
    @TaskLocal static var isTaken = false

    private var free = ServerSlots.count
    private var waiting: [(slots: Int, continuation: CheckedContinuation<Void, Never>)] = []

    func take(_ slots: Int) async {
        if self.waiting.isEmpty && slots <= self.free {
            self.free -= slots
            return
        }
        await withCheckedContinuation { self.waiting.append((slots, $0)) }
    }

    func release(_ slots: Int) {
        self.free += slots
        while let next = self.waiting.first, next.slots <= self.free {
            self.waiting.removeFirst()
            self.free -= next.slots
            next.continuation.resume()
        }
    }
}
