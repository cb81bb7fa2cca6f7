import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Sockets that a process has bound while it may, for a server that it starts when it has become somebody else: ports
/// below 1024 are the superuser's.
///
/// Binding takes no event loop and starts no thread. The sockets stay open as long as this does.
package struct BoundSockets: Sendable {
    private let sockets: [ListenAddress: ListeningSocket]

    /// Binds those of the addresses that need it: IP addresses with a port below a limit. What the machine does not have and
    /// can do without is left to the server. Of the others it is found out whether somebody else has them.
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
            guard let host = address.host, let port = address.port, port > 0,
                let socketAddress = try? SocketAddress(ipAddress: host, port: port)
            else { continue }
            guard port < limit else {
                try Self.checkFree(socketAddress, as: address, sharesPort: reusesPort)
                continue
            }
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

    /// What a server would find out only when its process has given away what it cannot get back.
    private static func checkFree(
        _ socketAddress: SocketAddress,
        as address: ListenAddress,
        sharesPort: Bool
    ) throws(ListenError) {
        do throws(IOError) {
            _ = try ListeningSocket(binding: socketAddress, sharesPort: sharesPort)
        } catch {
            if error.errnoCode == EADDRINUSE { throw ListenError(error, address: address) }
        }
    }

    /// The bound socket in the place of its address, and any other address as it is.
    package subscript(address: ListenAddress) -> ListenAddress {
        guard let socket = self.sockets[address] else { return address }
        return .inherited(descriptor: socket.descriptor, name: address.description)
    }
}
