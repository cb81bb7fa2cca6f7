import NIOCore

/// Sockets that a process has bound while it may, for a server that it starts when it has become somebody else: ports
/// below 1024 are the superuser's.
///
/// Binding takes no event loop and starts no thread. The sockets stay open as long as this does.
package struct BoundSockets: Sendable {
    private let sockets: [ListenAddress: ListeningSocket]

    /// Binds those of the addresses that need it: IP addresses with a port below a limit. What the machine does not have and
    /// can do without is left to the server.
    ///
    /// - Throws: ``ListenError``, and then none is bound.
    package init(
        for addresses: [ListenAddress],
        below limit: Int = 1024,
        reusesPort: Bool = false
    ) throws(ListenError) {
        if !reusesPort, let error = ListenAddress.overlap(among: addresses) { throw error }
        var sockets: [ListenAddress: ListeningSocket] = [:]
        for address in addresses where sockets[address] == nil {
            guard let host = address.host, let port = address.port, (1..<limit).contains(port),
                let socketAddress = try? SocketAddress(ipAddress: host, port: port)
            else { continue }
            do throws(IOError) {
                // The server sets the time of its own limits when it takes the socket over.
                sockets[address] = try ListeningSocket(
                    on: socketAddress,
                    reusesPort: reusesPort,
                    stallTimeout: Limits().stallTimeout
                )
            } catch {
                let error = ListenError(error, address: address)
                if case .addressNotAvailable = error, address.isOptional { continue }
                throw error
            }
        }
        self.sockets = sockets
    }

    /// The bound socket in the place of its address, and any other address as it is.
    package subscript(address: ListenAddress) -> ListenAddress {
        guard let socket = self.sockets[address] else { return address }
        return .inherited(descriptor: socket.descriptor, name: address.description)
    }
}
