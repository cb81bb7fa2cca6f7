public import GeminiProtocol
public import NIOCore

/// How much of a visitor's address is written down: in the access log, and in what the server's own log says.
///
/// An address is a person's data. What a capsule seldom needs to know it need not keep:
///
/// ```swift
/// configuration.addressDisplay = .hashed
/// ```
///
/// A client certificate tells a visitor from all others just as an address does, and for longer: it is shown as its
/// fingerprint where addresses are ``full``, as a token where they are ``truncated`` or ``hashed``, and not at all where they
/// are ``off``.
public enum AddressDisplay: String, CaseIterable, Hashable, Sendable {
    /// The whole address, as in `192.0.2.7`.
    case full

    /// The network only: 24 bits of an IPv4 address, 48 bits of an IPv6 address, as in `192.0.2.0` and `2001:db8:1::`.
    case truncated

    /// A token of 16 hexadecimal digits. On one day (of UTC) a visitor has the same token in every line, so that visits can
    /// be counted; on the next day it is another one, and nobody can tell any more which belong together.
    ///
    /// The token is a SHA-256 that is keyed with 32 random bytes, which are in the memory of the process alone and forgotten
    /// at midnight. IPv6 addresses count by their first 64 bits, which is what one subscriber has. A program that starts anew
    /// begins with new tokens.
    case hashed

    /// Nothing.
    case off

    /// An address as it may be written down.
    ///
    /// - Parameters:
    ///   - address: whose it is.
    ///   - moment: when it was seen, for tokens of the day.
    /// - Returns: `nil` where nothing may be written, or where there is no IP address.
    public func text(of address: SocketAddress?, at moment: Timestamp) -> String? {
        self.text(of: address, at: moment, salt: .shared)
    }

    func text(of address: SocketAddress?, at moment: Timestamp, salt: DailySalt) -> String? {
        switch self {
        case .full: address?.ipAddress
        case .truncated: address.flatMap(ClientNetwork.init)?.truncated
        case .hashed: address.flatMap(ClientNetwork.init).map { salt.token(for: $0, at: moment) }
        case .off: nil
        }
    }

    /// The fingerprint of a visitor's certificate as it may be written down.
    func text(of certificate: Fingerprint, at moment: Timestamp, salt: DailySalt = .shared) -> String? {
        switch self {
        case .full: certificate.spelled(.lowerHexadecimal)
        case .truncated, .hashed: salt.token(for: certificate, at: moment)
        case .off: nil
        }
    }
}

extension ClientNetwork {
    /// The address of the network that is large enough to hold many subscribers.
    fileprivate var truncated: String {
        switch self {
        case .v4(let address): IPv4Address(rawValue: address & 0xFFFF_FF00).description
        case .v6(let network): IPv6Address(rawValue: UInt128(network & 0xFFFF_FFFF_FFFF_0000) << 64).description
        }
    }
}
