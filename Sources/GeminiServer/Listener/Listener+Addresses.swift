import Logging
import NIOCore

extension Listener {
    /// How often port 0 is given another port, where the one that it was given is taken on another of the addresses.
    private static let mostPicks = 16

    /// Listens on all of these addresses, or on none.
    ///
    /// Port 0 picks one port for all of them, so that one URL reaches each. The system picks it for the first, and another
    /// program may have it on the second: then another is picked.
    func listen(on addresses: [ListenAddress]) async throws(ListenError) -> [BoundAddress] {
        if let address = addresses.first(where: { !(0...65535).contains($0.port) }) { throw .badPort(address) }
        // Closed when it is over and not before, or the same port could be picked again.
        var passedOver: [BoundAddress] = []
        var pick = 0
        while true {
            pick += 1
            var bound: [BoundAddress] = []
            do {
                for address in addresses {
                    try await self.listen(on: address, joining: &bound)
                }
                for address in passedOver { await address.close() }
                return bound
            } catch {
                passedOver += bound
                if case .addressInUse(let address) = error, pick < Self.mostPicks,
                    address.port == 0 || !addresses.contains(address)
                {
                    continue
                }
                for address in passedOver { await address.close() }
                throw error
            }
        }
    }

    /// Listens on one more address.
    private func listen(on address: ListenAddress, joining bound: inout [BoundAddress]) async throws(ListenError) {
        var address = address
        if address.port == 0, let picked = bound.first?.address?.port { address.port = picked }
        do {
            bound += try await self.listen(on: address, besides: bound.compactMap(\.address))
        } catch .addressNotAvailable where address.isOptional && !bound.isEmpty {
            self.environment.logger.info("There is no \(address.host) on this machine: it goes without.")
        }
    }
}
