extension Store {
    /// Keeps the item under the key, in place of what is there.
    public func write(_ item: StoreItem, to key: StoreKey) async throws {
        var transaction = StoreTransaction()
        transaction.write(item, to: key)
        _ = try await self.commit(transaction)
    }

    /// Leaves nothing under the key; not an error when there is nothing.
    public func delete(_ key: StoreKey) async throws {
        var transaction = StoreTransaction()
        transaction.delete(key)
        _ = try await self.commit(transaction)
    }

    /// Changes what is under one key, without losing what others change at the same time.
    ///
    /// - Parameters:
    ///   - key: whose value to change.
    ///   - change: gets what is there, `nil` for nothing, and leaves what is to be there, `nil` for nothing. It may run
    ///     more than once.
    /// - Returns: what the closure returned.
    @discardableResult
    public func update<Result>(_ key: StoreKey, _ change: (inout StoreItem?) throws -> Result) async throws -> Result {
        try await self.transaction { transaction in
            let before = try await transaction.read(key)
            var item = before
            let result = try change(&item)
            if let item {
                if item != before { transaction.write(item, to: key) }
            } else if before != nil {
                transaction.delete(key)
            }
            return result
        }
    }
}

extension Store {
    /// The value under the key, as one of the application's types.
    ///
    /// - Throws: ``StoreError/notCodable(_:type:reason:)`` when it is not one.
    public func read<Value: Decodable>(_ key: StoreKey, as type: Value.Type) async throws -> Value? {
        guard let entry = try await self.read(key) else { return nil }
        return try StoreCoding.value(type, from: entry.value, for: key)
    }

    /// Keeps a value of one of the application's types under the key, in place of what is there.
    ///
    /// - Parameters:
    ///   - value: what to keep; it becomes JSON.
    ///   - key: under which key.
    ///   - expires: until when.
    public func write(_ value: some Encodable, to key: StoreKey, expires: StoreExpiry = .never) async throws {
        try await self.transaction { transaction in
            try await transaction.write(value, to: key, expires: expires)
        }
    }

    /// Changes a value of one of the application's types, without losing what others change at the same time.
    ///
    /// ```swift
    /// let visits = try await store.update(key, of: Int.self) { visits in
    ///     visits = (visits ?? 0) + 1
    ///     return visits
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - key: whose value to change.
    ///   - type: what is kept there.
    ///   - expires: until when the changed value is kept.
    ///   - change: gets what is there, `nil` for nothing, and leaves what is to be there, `nil` for nothing. It may run
    ///     more than once.
    /// - Returns: what the closure returned.
    @discardableResult
    public func update<Value: Codable, Result>(
        _ key: StoreKey,
        of type: Value.Type,
        expires: StoreExpiry = .unchanged,
        _ change: (inout Value?) throws -> Result
    ) async throws -> Result {
        try await self.update(key) { item in
            var value = try item.map { try StoreCoding.value(type, from: $0.value, for: key) }
            let result = try change(&value)
            let bytes = try value.map { try StoreCoding.bytes(of: $0, for: key) }
            item = bytes.map { StoreItem($0, expires: expires.moment(replacing: item)) }
            return result
        }
    }
}
