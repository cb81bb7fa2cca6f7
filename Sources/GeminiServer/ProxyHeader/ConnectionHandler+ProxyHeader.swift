import Logging
import NIOCore

extension ConnectionHandler {
    /// The header has come: the connection is the visitor's from here on.
    ///
    /// - Returns: whether the visitor may come in; otherwise the connection is closed.
    func received(_ header: ProxyHeader, on listener: ListenerConfiguration, refusals: RefusalLog) -> Bool {
        self.awaitsProxyHeader = false
        if let source = header.source {
            self.remoteAddress = source
            self.toldLocalAddress = header.destination
        }
        self.authority = header.authority
        guard self.shared.admits(self.remoteAddress, on: listener, now: .now()) else {
            self.refuse()
            return false
        }
        if let source = header.source, !self.attribute(to: source) {
            refusals.addressFull(self.census.maximumPerOrigin, remoteAddress: source, now: .now())
            self.refuse()
            return false
        }
        if !listener.tls { self.beginInClear() }
        return true
    }

    /// Closes the connection before it has begun, with no byte sent.
    func refuse() {
        self.machine.closed()
        self.closeHard()
    }
}
