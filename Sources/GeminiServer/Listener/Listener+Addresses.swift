import Logging
import NIOCore

extension Listener {
    /// How often port 0 is given another port, where the one that it was given is taken on another of the addresses.
    private static let mostPicks = 16

    /// Opens all of these listeners, or none.
    ///
    /// Port 0 picks one port for all listeners of the same settings, so that one URL reaches each. The system picks it for
    /// the first, and another program may have it on the second: then another is picked.
    ///
    /// - Parameter open: what this server listens on already.
    func listen(
        on listeners: [ListenerConfiguration],
        besides open: [ListeningPoint] = []
    ) async throws(ListenError) -> [ListeningPoint] {
        for address in listeners.map(\.address) {
            if let port = address.port, !(0...65535).contains(port) { throw .badPort(address) }
        }
        let addresses = open.map(\.configuration.address) + listeners.map(\.address)
        if !self.reusesPort, let error = ListenAddress.overlap(among: addresses) { throw error }
        // Closed when it is over and not before, or the same port could be picked again.
        var passedOver: [ListeningPoint] = []
        var pick = 0
        while true {
            pick += 1
            var points: [ListeningPoint] = []
            do {
                for listener in listeners {
                    points.append(try await self.listen(on: listener, besides: open + points))
                }
                for point in passedOver { await point.close() }
                return points
            } catch {
                passedOver += points
                if case .addressInUse(let address) = error, pick < Self.mostPicks,
                    address.port == 0 || !listeners.contains(where: { $0.address == address })
                {
                    continue
                }
                for point in passedOver { await point.close() }
                throw error
            }
        }
    }

    /// Opens one more listener.
    private func listen(
        on listener: ListenerConfiguration,
        besides points: [ListeningPoint]
    ) async throws(ListenError) -> ListeningPoint {
        let alike = points.filter { $0.configuration.hasSettings(of: listener) }
        var address = listener.address
        if case .internet(let host, 0) = address.place,
            let picked = alike.lazy.flatMap(\.addresses).compactMap(\.port).first
        {
            address.place = .internet(host: host, port: picked)
        }
        do {
            return try await self.open(listener, at: address, besides: points, alike: alike)
        } catch .addressNotAvailable where address.isOptional && points.contains(where: { !$0.bound.isEmpty }) {
            self.environment.logger.info(
                "There is no \(address.host ?? "\(address)") on this machine: it goes without."
            )
            return ListeningPoint(listener)
        }
    }
}
