import NIOConcurrencyHelpers
import NIOCore

/// A listener that is open: an address of the configuration, with its sockets. Thread-safe.
final class ListeningPoint: Sendable {
    /// One for each IP address that a name stands for; none where an optional address is not there.
    let bound: [BoundAddress]
    private let box: NIOLockedValueBox<ListenerConfiguration>

    /// - Parameter box: what those who accept look at.
    init(_ box: NIOLockedValueBox<ListenerConfiguration>, bound: [BoundAddress]) {
        self.box = box
        self.bound = bound
    }

    /// An address that is not there.
    init(_ configuration: ListenerConfiguration) {
        self.box = NIOLockedValueBox(configuration)
        self.bound = []
    }

    var configuration: ListenerConfiguration {
        self.box.withLockedValue { $0 }
    }

    var addresses: [SocketAddress] {
        self.bound.compactMap(\.address)
    }

    /// Has connections to come treated otherwise; those that are open stay as they are.
    func take(over configuration: ListenerConfiguration) {
        self.box.withLockedValue { $0 = configuration }
        for address in self.bound { address.socket.file?.setMode(configuration.address.mode) }
    }

    /// Has the kernel keep what clients do not take for another time.
    func bound(_ stallTimeout: Duration) {
        for address in self.bound where !address.socket.isUnix { try? address.socket.bound(stallTimeout) }
    }

    /// Lets other sockets of this user have its addresses too, or no longer. Those of somebody else stay as they are.
    func share(_ isShared: Bool) {
        for address in self.bound where !address.socket.isUnix && !address.socket.isInherited {
            try? address.socket.share(isShared)
        }
    }

    /// The same sockets as they will be with another configuration.
    func with(_ configuration: ListenerConfiguration) -> ListeningPoint {
        ListeningPoint(NIOLockedValueBox(configuration), bound: self.bound)
    }

    /// Stops listening.
    ///
    /// - Parameter hasSuccessor: whether another socket has its address.
    func close(hasSuccessor: Bool = false) async {
        for address in self.bound { await address.close(hasSuccessor: hasSuccessor) }
    }
}
