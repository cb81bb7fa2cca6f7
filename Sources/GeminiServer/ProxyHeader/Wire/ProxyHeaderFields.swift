package import GeminiProtocol

/// What a PROXY header says, and how it stands on the wire in either version: pure, and without any channel.
package struct ProxyHeaderFields: Hashable, Sendable {
    /// Both ends of the visitor's connection to the proxy.
    package struct Ends<Address: Hashable & Sendable>: Hashable, Sendable {
        package var source: Address
        package var destination: Address
        package var sourcePort: UInt16
        package var destinationPort: UInt16

        package init(source: Address, destination: Address, sourcePort: UInt16, destinationPort: UInt16) {
            self.source = source
            self.destination = destination
            self.sourcePort = sourcePort
            self.destinationPort = destinationPort
        }
    }

    package enum Addresses: Hashable, Sendable {
        /// The proxy does not say, speaks for itself (LOCAL), or for a visitor that has no IP address or no TCP.
        case unknown
        case ipv4(Ends<IPv4Address>)
        case ipv6(Ends<IPv6Address>)
    }

    package var addresses: Addresses
    /// The host name that the visitor asked for (PP2_TYPE_AUTHORITY).
    package var authority: String?

    package init(_ addresses: Addresses, authority: String? = nil) {
        self.addresses = addresses
        self.authority = authority
    }

    /// What the first bytes of a connection turned out to be.
    package enum Recognition: Equatable, Sendable {
        /// A prefix of what may become a header.
        case needMore
        /// - length: how many of the bytes are the header.
        case header(ProxyHeaderFields, length: Int)
        case invalid(ProxyHeaderError)
    }

    /// Looks at the bytes that a connection has brought so far (PP-23).
    ///
    /// Pure and total: any bytes whatever give an answer, without reading again what has been looked at when a header
    /// comes byte by byte. No more than 65,551 bytes are ever asked for.
    package static func recognize(_ bytes: Span<UInt8>) -> Recognition {
        guard bytes.count > 0 else { return .needMore }
        switch bytes[0] {
        case Self.linePrefix[0]: return Self.recognizeLine(bytes)
        case Self.signature[0]: return Self.recognizeBlock(bytes)
        default: return .invalid(.noHeader)
        }
    }

    /// Whether bytes and a constant are the same as far as both go.
    static func agree(_ bytes: Span<UInt8>, _ constant: [UInt8]) -> Bool {
        for index in 0..<min(bytes.count, constant.count) where bytes[index] != constant[index] { return false }
        return true
    }

    static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        return copy
    }
}
