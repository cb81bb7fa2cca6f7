import GeminiServer
import NIOCore

/// Responses by URL, each for a while and all together in a bounded number of bytes, and the calls that will bring some.
struct CachedResponses {
    enum Lookup {
        case found(Response)
        /// Somebody is asking already.
        case wait(for: Task<Response, any Error>)
        /// Nobody is: the caller is to, and has to tell with ``begin(_:_:)``.
        case missing
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
    private var calls: [String: Task<Response, any Error>] = [:]
    private var lastNumber: UInt64 = 0
    private(set) var size = 0

    init(lifetime: Duration, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    mutating func look(up key: String, at now: Duration) -> Lookup {
        if let entry = self.entries[key], now < entry.expiry { return .found(entry.response) }
        return self.calls[key].map { .wait(for: $0) } ?? .missing
    }

    mutating func begin(_ key: String, _ call: Task<Response, any Error>) {
        self.calls[key] = call
    }

    /// Ends the call for a key, and keeps its response if it is one to be kept.
    mutating func end(_ key: String, with response: Response?, at now: Duration) {
        self.calls[key] = nil
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
