extension Store {
    /// Reads and changes several keys as one: either everything that the closure read still holds when its changes are
    /// carried out, or nothing is changed and the closure runs again.
    ///
    /// ```swift
    /// try await store.transaction { transaction in
    ///     let seeds = try await transaction.read(giver, as: Int.self) ?? 0
    ///     guard seeds > 0 else { throw NoSeeds() }
    ///     let others = try await transaction.read(taker, as: Int.self) ?? 0
    ///     try await transaction.write(seeds - 1, to: giver, expires: .never)
    ///     try await transaction.write(others + 1, to: taker, expires: .never)
    /// }
    /// ```
    ///
    /// The closure must have no effects but the transaction's, as it may run more than once. What it throws ends the
    /// transaction without a change. One that changes nothing still returns only what was so at one moment.
    ///
    /// - Parameters:
    ///   - attempts: how often it is tried. Somebody else succeeds each time that one fails.
    ///   - body: what is to be done.
    /// - Returns: what the closure returned.
    /// - Throws: what the closure or the store throws, ``StoreError/contended(attempts:)`` after the last attempt,
    ///   `CancellationError` between attempts.
    public func transaction<Result>(
        attempts: Int = 1000,
        _ body: (inout OpenTransaction) async throws -> Result
    ) async throws -> Result {
        for _ in 0..<attempts {
            var open = OpenTransaction(on: self)
            let result = try await body(&open)
            if try await self.commit(open.transaction) { return result }
            try Task.checkCancellation()
            await Task.yield()
        }
        throw StoreError.contended(attempts: attempts)
    }
}
