import GeminiTLS
import Logging
import NIOCore

extension Listener {
    struct Refused: Error {}

    /// Sets up a connection on its event loop, or refuses it by throwing, which closes it with no byte sent.
    ///
    /// - Parameter remote: where it comes from; `nil` on a Unix socket.
    func accept(_ channel: any Channel, from remote: SocketAddress?, on listener: ListenerConfiguration) throws {
        guard let registry = self.registries[ObjectIdentifier(channel.eventLoop)]?.value else { throw Refused() }
        let environment = self.environment
        if let proxy = listener.proxyProtocol {
            guard proxy.trusts(remote) else {
                environment.refusals.untrustedSource(remote, now: .now())
                throw Refused()
            }
        } else if !environment.admits(remote, on: listener, now: .now()) {
            throw Refused()
        }
        // Whom a proxy's connection counts for, its header tells.
        let origin = listener.proxyProtocol == nil ? remote.flatMap(ConnectionCensus.Origin.init) : nil
        switch self.census.admit(origin) {
        case .admitted:
            break
        case .serverFull:
            environment.refusals.serverFull(self.census.maximum, now: .now())
            throw Refused()
        case .addressFull:
            environment.refusals.addressFull(self.census.maximumPerOrigin, remoteAddress: remote, now: .now())
            throw Refused()
        }
        let handshake = listener.tls ? TLSHandshakeHandler(contexts: environment.contexts) : nil
        let connection = ConnectionHandler(
            shared: environment,
            handshake: handshake,
            registry: registry,
            census: self.census,
            origin: origin,
            remoteAddress: remote
        )
        if case .inherited = listener.address.place {
            connection.toldLocalAddress = channel.localAddress?.unmapped
        }
        if let port = listener.publicPort,
            var address = connection.toldLocalAddress ?? channel.localAddress,
            address.port != nil
        {
            address.port = port
            connection.toldLocalAddress = address
        }
        if listener.proxyProtocol != nil {
            try channel.pipeline.syncOperations.addHandler(
                self.makeProxyHeaderHandler(connection, listener, environment)
            )
        } else if handshake == nil {
            connection.beginInClear()
        }
        if let handshake {
            handshake.divert = { [unowned connection] serverName, hello, context in
                connection.passThrough(serverName, hello: hello, context: context)
            }
            try channel.pipeline.syncOperations.addHandler(handshake)
        }
        try channel.pipeline.syncOperations.addHandler(connection)
    }

    private func makeProxyHeaderHandler(
        _ connection: ConnectionHandler,
        _ listener: ListenerConfiguration,
        _ environment: ConnectionEnvironment
    ) -> ProxyHeaderHandler {
        connection.awaitsProxyHeader = true
        return ProxyHeaderHandler { [unowned connection, refusals = environment.refusals] outcome in
            switch outcome {
            case .header(let header):
                return connection.received(header, on: listener, refusals: refusals)
            case .invalid(let error):
                refusals.badProxyHeader(error, remoteAddress: connection.remoteAddress, now: .now())
                connection.refuse()
                return false
            }
        }
    }
}
