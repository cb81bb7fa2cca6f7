/// Waits for its turn among the tests that run servers, then does the work.
///
/// - Parameter alone: whether no other server of a test may run meanwhile.
package func withServerSlot<Result>(alone: Bool = false, _ work: () async throws -> Result) async throws -> Result {
    guard !ServerSlots.isTaken else { return try await work() }
    let slots = alone ? ServerSlots.count : 1
    await ServerSlots.shared.take(slots)
    do {
        let result = try await ServerSlots.$isTaken.withValue(true) { try await work() }
        await ServerSlots.shared.release(slots)
        return result
    } catch {
        await ServerSlots.shared.release(slots)
        throw error
    }
}
