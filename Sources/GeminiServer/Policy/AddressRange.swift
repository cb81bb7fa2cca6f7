import GeminiProtocol
public import NIOCore

/// A network of IP addresses, or a single one, in CIDR notation (RFC 4632, RFC 4291 §2.3).
///
/// ```swift
/// let office = try AddressRange(parsing: "2001:db8:1::/48")
/// if request.remoteAddress.map(office.contains) == true { ... }
/// ```
///
/// A range is of IPv4 or of IPv6: `::/0` holds no IPv4 address. IPv4 addresses in IPv6's clothes (`::ffff:192.0.2.1`) are
/// IPv4 addresses, in ranges and in sockets alike.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    /// The first address and the last.
    enum Bounds: Hashable, Sendable {
        case v4(ClosedRange<UInt32>)
        case v6(ClosedRange<UInt128>)
    }

    let bounds: Bounds

    /// How many bits its addresses have in common: up to 32 for IPv4, and up to 128 for IPv6.
    public let prefixLength: Int

    /// Reads `192.0.2.0/24`, `2001:db8::/32`, or an address by itself.
    ///
    /// - Throws: ``AddressRangeError``, which says what would be right. An address with more bits than its prefix has
    ///   (`192.0.2.1/24`) may stand for the network or for the one address: it is refused.
    public init(parsing text: String) throws(AddressRangeError) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let addressText = parts[0]
        guard !addressText.contains("%") else { throw .zone(text) }
        guard let address = InternetAddress(addressText) else { throw .address(text) }

        // A mapped network is written with the bits of IPv6: ::ffff:192.0.2.0/120.
        let isMapped = if case .v4 = address { addressText.contains(":") } else { false }
        let width = if case .v6 = address { 128 } else { 32 }
        var length = width
        if parts.count == 2 {
            let (lowest, offset) = isMapped ? (96, 96) : (0, 0)
            guard let number = Self.number(parts[1]), (lowest...width + offset).contains(number) else {
                throw .prefixLength(text, allowed: lowest...width + offset)
            }
            length = number - offset
        }
        let range = AddressRange(address, prefixLength: length)
        guard range.first == address else { throw .hostBits(text, network: range) }
        self = range
    }

    /// The network of an address.
    init(_ address: InternetAddress, prefixLength: Int) {
        self.prefixLength = prefixLength
        switch address {
        case .v4(let bits):
            let hostMask = UInt32.max >> UInt32(prefixLength)
            self.bounds = .v4(bits & ~hostMask...bits | hostMask)
        case .v6(let bits):
            let hostMask = UInt128.max >> UInt128(prefixLength)
            self.bounds = .v6(bits & ~hostMask...bits | hostMask)
        }
    }

    /// Whether an address is one of the network. That of a Unix socket is of none.
    public func contains(_ address: SocketAddress) -> Bool {
        InternetAddress(address).map(self.contains) ?? false
    }

    func contains(_ address: InternetAddress) -> Bool {
        switch (self.bounds, address) {
        case (.v4(let range), .v4(let bits)): range.contains(bits)
        case (.v6(let range), .v6(let bits)): range.contains(bits)
        case (.v4, .v6), (.v6, .v4): false
        }
    }

    private var first: InternetAddress {
        switch self.bounds {
        case .v4(let range): .v4(range.lowerBound)
        case .v6(let range): .v6(range.lowerBound)
        }
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// What ``init(parsing:)`` reads: an address by itself without its length.
    public var description: String {
        switch self.bounds {
        case .v4(let range):
            let address = IPv4Address(rawValue: range.lowerBound)
            return self.prefixLength == 32 ? "\(address)" : "\(address)/\(self.prefixLength)"
        case .v6(let range):
            let address = IPv6Address(rawValue: range.lowerBound)
            return self.prefixLength == 128 ? "\(address)" : "\(address)/\(self.prefixLength)"
        }
    }
}

extension AddressRange: ExpressibleByStringLiteral {
    /// A range in the source, which is a mistake of the programmer's where it cannot be read.
    public init(stringLiteral text: String) {
        do throws(AddressRangeError) {
            try self.init(parsing: text)
        } catch {
            preconditionFailure(error.description)
        }
    }
}
