import GeminiProtocol

/// What a ``MemoryStore`` holds.
struct MemoryTable {
    private struct Space {
        var entries: [ExactText: StoreEntry] = [:]
        /// The identifiers in order, once somebody has asked for them, until they change.
        var order: [ExactText]?
    }

    private let limits: MemoryStore.Limits
    private let evictable: Set<ExactText>
    private var spaces: [ExactText: Space] = [:]
    private var expiring = ExpiryQueue()
    /// The part of ``expiring`` that may make room.
    private var evicting = ExpiryQueue()
    private var lastVersion: Int64 = 0
    private(set) var count = 0
    private(set) var byteCount = 0

    init(limits: MemoryStore.Limits) {
        self.limits = limits
        switch limits.whenFull {
        case .refuse: self.evictable = []
        case .evict(let spaces): self.evictable = Set(spaces.map(ExactText.init))
        }
    }

    func read(_ key: StoreKey, now: Timestamp) -> StoreEntry? {
        guard let entry = self.entry(key), entry.isLive(at: now) else { return nil }
        return entry
    }

    mutating func commit(_ transaction: StoreTransaction, now: Timestamp) throws(StoreError) -> Bool {
        for (key, condition) in transaction.conditions {
            switch (condition, self.read(key, now: now)?.version) {
            case (.absent, nil): continue
            case (.version(let expected), let actual?) where expected == actual: continue
            default: return false
            }
        }
        self.removeExpired(now: now)
        try self.makeRoom(for: transaction)
        for (key, change) in transaction.changes {
            switch change {
            case .write(let item): self.write(item, to: key)
            case .delete: self.remove(key)
            }
        }
        return true
    }

    mutating func keys(
        in space: String,
        prefix: String,
        after id: String?,
        limit: Int,
        now: Timestamp
    ) -> [StoreKey] {
        let name = ExactText(space)
        guard limit > 0, var found = self.spaces[name] else { return [] }
        let order = found.order ?? found.entries.keys.sorted()
        if found.order == nil {
            found.order = order
            self.spaces[name] = found
        }
        let start = max(ExactText(prefix), ExactText(id ?? ""))
        var low = order.startIndex
        var high = order.endIndex
        while low < high {
            let middle = (low + high) / 2
            if order[middle] < start { low = middle + 1 } else { high = middle }
        }
        var keys: [StoreKey] = []
        for text in order[low...] where text != id.map(ExactText.init) {
            guard keys.count < limit, text.string.utf8.starts(with: prefix.utf8) else { break }
            if found.entries[text]?.isLive(at: now) == true {
                keys.append(StoreKey(space: space, id: text.string))
            }
        }
        return keys
    }

    @discardableResult
    mutating func removeExpired(now: Timestamp) -> Int {
        var removed = 0
        while let next = self.expiring.first, next.expires <= now {
            _ = self.expiring.removeFirst()
            if self.holds(next) {
                self.remove(next.key)
                removed += 1
            }
        }
        return removed
    }

    /// Evicts as much as the transaction needs, or nothing.
    private mutating func makeRoom(for transaction: StoreTransaction) throws(StoreError) {
        var (count, bytes) = (self.count, self.byteCount)
        for (key, change) in transaction.changes {
            if let entry = self.entry(key) {
                count -= 1
                bytes -= entry.byteCount(under: key)
            }
            if case .write(let item) = change {
                count += 1
                bytes += item.byteCount(under: key)
            }
        }
        // What makes nothing larger is always allowed, so that a full store can be emptied.
        guard count > self.count || bytes > self.byteCount else { return }
        var evicted: [ExpiryQueue.Element] = []
        var keptBack: [ExpiryQueue.Element] = []
        while count > self.limits.entries || bytes > self.limits.bytes {
            guard let next = self.evicting.removeFirst() else {
                for element in evicted + keptBack { self.evicting.insert(element) }
                throw .full(
                    "The store in memory is full (\(self.limits.entries) values, \(self.limits.bytes) bytes); "
                        + "raise its limits or let what is kept expire."
                )
            }
            guard self.holds(next), let entry = self.entry(next.key) else { continue }
            guard transaction.changes[next.key] == nil else {
                keptBack.append(next)
                continue
            }
            evicted.append(next)
            count -= 1
            bytes -= entry.byteCount(under: next.key)
        }
        for element in keptBack { self.evicting.insert(element) }
        for element in evicted { self.remove(element.key) }
    }

    private func entry(_ key: StoreKey) -> StoreEntry? {
        self.spaces[ExactText(key.space)]?.entries[ExactText(key.id)]
    }

    private func holds(_ element: ExpiryQueue.Element) -> Bool {
        self.entry(element.key)?.version == element.version
    }

    private mutating func write(_ item: StoreItem, to key: StoreKey) {
        self.lastVersion += 1
        let entry = StoreEntry(item, version: StoreVersion(number: self.lastVersion))
        let (space, id) = (ExactText(key.space), ExactText(key.id))
        if let replaced = self.spaces[space, default: Space()].entries.updateValue(entry, forKey: id) {
            self.byteCount -= replaced.byteCount(under: key)
        } else {
            self.spaces[space]?.order = nil
            self.count += 1
        }
        self.byteCount += entry.byteCount(under: key)
        guard let expires = item.expires else { return }
        let element = ExpiryQueue.Element(expires: expires, key: key, version: entry.version)
        self.expiring.insert(element)
        if self.evictable.contains(space) { self.evicting.insert(element) }
        self.dropStaleElements()
    }

    private mutating func remove(_ key: StoreKey) {
        let (space, id) = (ExactText(key.space), ExactText(key.id))
        guard let entry = self.spaces[space]?.entries.removeValue(forKey: id) else { return }
        self.spaces[space]?.order = nil
        self.count -= 1
        self.byteCount -= entry.byteCount(under: key)
        if self.spaces[space]?.entries.isEmpty == true { self.spaces[space] = nil }
    }

    /// Each write of a value that expires adds to the queues: makes them anew when most of what they hold is of the past.
    private mutating func dropStaleElements() {
        guard self.expiring.count > 2 * self.count + 64 || self.evicting.count > 2 * self.count + 64 else { return }
        var elements: [ExpiryQueue.Element] = []
        for (space, content) in self.spaces {
            for (id, entry) in content.entries {
                guard let expires = entry.expires else { continue }
                let key = StoreKey(space: space.string, id: id.string)
                elements.append(ExpiryQueue.Element(expires: expires, key: key, version: entry.version))
            }
        }
        self.expiring = ExpiryQueue(elements)
        self.evicting = ExpiryQueue(elements.filter { self.evictable.contains(ExactText($0.key.space)) })
    }
}

extension StoreEntry {
    fileprivate func isLive(at now: Timestamp) -> Bool {
        self.expires.map { now < $0 } ?? true
    }

    fileprivate func byteCount(under key: StoreKey) -> Int {
        self.item.byteCount(under: key)
    }
}

extension StoreItem {
    fileprivate func byteCount(under key: StoreKey) -> Int {
        key.space.utf8.count + key.id.utf8.count + self.value.count
    }
}
