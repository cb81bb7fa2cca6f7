/// What is wrong with a range of addresses. Each description is one sentence.
public enum AddressRangeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It does not begin with an IP address.
    case address(String)
    /// The address names an interface of this machine, which is no part of an address.
    case zone(String)
    /// What is behind the slash is no number of bits that the address has.
    case prefixLength(String, allowed: ClosedRange<Int>)
    /// The address has bits behind its prefix.
    case hostBits(String, network: AddressRange)

    public var description: String {
        switch self {
        case .address(let text):
            "The address range '\(text)' does not begin with an IP address: write it as 192.0.2.0/24, 2001:db8::/32 or a single address."
        case .zone(let text):
            "The address range '\(text)' names an interface behind '%', which no range has: write it without."
        case .prefixLength(let text, let allowed):
            "The address range '\(text)' has no number from \(allowed.lowerBound) to \(allowed.upperBound) behind its slash: write how many bits the addresses have in common."
        case .hostBits(let text, let network):
            "The address range '\(text)' has bits behind its prefix: write \(network) for the network, or \(text.prefix { $0 != "/" }) for the one address."
        }
    }
}
