import GeminiProtocol

/// Keys by the moment at which they expire, the next one first: a binary heap.
///
/// What is no longer so is not taken out; whoever takes an element compares its version.
struct ExpiryQueue {
    struct Element {
        let expires: Timestamp
        let key: StoreKey
        let version: StoreVersion
    }

    private var heap: [Element] = []

    init() {}

    init(_ elements: [Element]) {
        // A sorted array is a heap.
        self.heap = elements.sorted { $0.expires < $1.expires }
    }

    var count: Int { self.heap.count }

    var first: Element? { self.heap.first }

    mutating func insert(_ element: Element) {
        self.heap.append(element)
        var index = self.heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard self.heap[index].expires < self.heap[parent].expires else { return }
            self.heap.swapAt(index, parent)
            index = parent
        }
    }

    mutating func removeFirst() -> Element? {
        guard let first = self.heap.first else { return nil }
        let last = self.heap.removeLast()
        guard !self.heap.isEmpty else { return first }
        self.heap[0] = last
        var index = 0
        while true {
            var next = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < self.heap.count && self.heap[child].expires < self.heap[next].expires {
                next = child
            }
            guard next != index else { return first }
            self.heap.swapAt(index, next)
            index = next
        }
    }
}
