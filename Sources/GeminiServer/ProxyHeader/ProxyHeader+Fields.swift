import GeminiProtocol
import NIOCore

extension ProxyHeader {
    /// What is told, as the wire has it.
    var fields: ProxyHeaderFields {
        var fields = ProxyHeaderFields(.unknown, authority: self.authority)
        guard let source = self.source, let destination = self.destination,
            let sourcePort = source.port.flatMap({ UInt16(exactly: $0) }),
            let destinationPort = destination.port.flatMap({ UInt16(exactly: $0) })
        else { return fields }
        switch (InternetAddress(source), InternetAddress(destination)) {
        case (.v4(let source), .v4(let destination)):
            fields.addresses = .ipv4(
                ProxyHeaderFields.Ends(
                    source: IPv4Address(rawValue: source),
                    destination: IPv4Address(rawValue: destination),
                    sourcePort: sourcePort,
                    destinationPort: destinationPort
                )
            )
        case (.v6(let source), .v6(let destination)):
            fields.addresses = .ipv6(
                ProxyHeaderFields.Ends(
                    source: IPv6Address(rawValue: source),
                    destination: IPv6Address(rawValue: destination),
                    sourcePort: sourcePort,
                    destinationPort: destinationPort
                )
            )
        default:
            break
        }
        return fields
    }

    /// What was told. An IPv4 address in IPv6's clothes is an IPv4 address.
    init(_ fields: ProxyHeaderFields) {
        self.init(source: nil, destination: nil, authority: fields.authority)
        switch fields.addresses {
        case .unknown:
            break
        case .ipv4(let ends):
            self.source = SocketAddress(.v4(ends.source.rawValue), port: ends.sourcePort)
            self.destination = SocketAddress(.v4(ends.destination.rawValue), port: ends.destinationPort)
        case .ipv6(let ends):
            self.source = SocketAddress(InternetAddress(ends.source), port: ends.sourcePort)
            self.destination = SocketAddress(InternetAddress(ends.destination), port: ends.destinationPort)
        }
    }
}
