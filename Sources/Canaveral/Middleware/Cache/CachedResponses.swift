import GeminiServer
import NIOCore

/// Responses by URL, each for a while and all together in a bounded number of bytes, and the calls that will bring some.
struct CachedResponses {
    enum Lookup {
        case found(Response)
        /// Somebody is asking already.
        case wait(for: Call)
        /// Nobody is: the caller is to, with ``begin(_:_:)``.
        case missing
    }

    /// A question to the handler that is under way.
    struct Call {
        let number: UInt64
        let task: Task<Response, any Error>
        /// For how many visitors.
        fileprivate(set) var waiting = 1
    }

    private struct Entry {
        let response: Response
        let size: Int
        let expiry: Duration
        let number: UInt64
    }

    /// What an entry takes besides its bytes, roughly.
    private static let overhead = 256

    private let lifetime: Duration
    private let capacity: Int
    private var entries: [String: Entry] = [:]
    /// The keys of entries in the order in which they were kept, which is that in which they expire. An entry that was
    /// replaced has left its number behind.
    private var order: [(number: UInt64, key: String)] = []
    private var orderStart = 0
    private var calls: [String: Call] = [:]
    private var lastCall: UInt64 = 0
    private var lastNumber: UInt64 = 0
    private(set) var size = 0

    init(lifetime: Duration, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    mutating func look(up key: String, at now: Duration) -> Lookup {
        if let entry = self.entries[key], now < entry.expiry { return .found(entry.response) }
        guard self.calls[key] != nil else { return .missing }
        self.calls[key]?.waiting += 1
        return self.calls[key].map { .wait(for: $0) } ?? .missing
    }

    /// Begins a call for a key, for one visitor.
    ///
    /// - Parameter make: makes the task, which has to tell its number when it ends.
    mutating func begin(_ key: String, _ make: (_ number: UInt64) -> Task<Response, any Error>) -> Call {
        self.lastCall += 1
        let call = Call(number: self.lastCall, task: make(self.lastCall))
        self.calls[key] = call
        return call
    }

    /// A visitor waits for a call no longer.
    ///
    /// - Returns: the task, if nobody does any more: it is to be cancelled, and who comes later begins another.
    mutating func leave(_ key: String, _ number: UInt64) -> Task<Response, any Error>? {
        guard let call = self.calls[key], call.number == number else { return nil }
        guard call.waiting == 1 else {
            self.calls[key]?.waiting -= 1
            return nil
        }
        self.calls[key] = nil
        return call.task
    }

    /// Ends a call for a key, and keeps its response if it is one to be kept.
    mutating func end(_ key: String, _ number: UInt64, with response: Response?, at now: Duration) {
        if self.calls[key]?.number == number { self.calls[key] = nil }
        guard let response, let size = Self.size(of: response, key: key), size <= self.capacity else { return }
        self.removeExpired(at: now)
        self.remove(key)
        while self.size + size > self.capacity { self.removeFirst() }
        self.lastNumber += 1
        self.entries[key] = Entry(
            response: response,
            size: size,
            expiry: now + self.lifetime,
            number: self.lastNumber
        )
        self.order.append((self.lastNumber, key))
        self.size += size
    }

    /// What a response costs; `nil` for one that is not to be kept: no success, or no bytes at hand.
    static func size(of response: Response, key: String) -> Int? {
        guard response.status == .success else { return nil }
        switch response.body {
        case .bytes(let bytes): return bytes.readableBytes + key.utf8.count + Self.overhead
        case .empty: return key.utf8.count + Self.overhead
        case .file, .stream: return nil
        }
    }

    private mutating func removeExpired(at now: Duration) {
        while let first = self.first,
            self.entries[first.key].map({ $0.expiry <= now || $0.number != first.number }) ?? true
        {
            self.removeFirst()
        }
    }

    private var first: (number: UInt64, key: String)? {
        self.orderStart < self.order.count ? self.order[self.orderStart] : nil
    }

    private mutating func removeFirst() {
        guard let first = self.first else { return }
        self.orderStart += 1
        if self.orderStart * 2 > self.order.count {
            self.order.removeFirst(self.orderStart)
            self.orderStart = 0
        }
        if self.entries[first.key]?.number == first.number { self.remove(first.key) }
    }

    private mutating func remove(_ key: String) {
        if let entry = self.entries.removeValue(forKey: key) { self.size -= entry.size }
    }
}
