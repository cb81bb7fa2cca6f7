/// Waits for its turn among the tests that run servers, then does the work.
///
/// - Parameter alone: whether no other server of a test may run meanwhile.
package func withServerSlot<Result>(alone: Bool = false, _ work: () async throws -> Result) async throws -> Result {
    let slots = alone ? ServerSlots.count : 1
    await ServerSlots.shared.take(slots)
    do {
        let result = try await work()
        await ServerSlots.shared.release(slots)
        return result
    } catch {
        await ServerSlots.shared.release(slots)
        throw error
    }
}
