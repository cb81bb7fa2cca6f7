public import NIOCore

/// Which addresses are let in: those that are allowed, or everybody where none is named, except those that are denied.
///
/// ```swift
/// let rules = AddressRules(allowed: ["10.0.0.0/8"], denied: ["10.9.0.0/16"])
/// rules.admits(request.remoteAddress)
/// ```
///
/// What has no IP address, as on a Unix socket, cannot be denied, and is let in where everybody is: a list of those who
/// are allowed is a promise that nobody else gets in. One look takes a few steps however many ranges there are.
public struct AddressRules: Sendable, Hashable {
    /// Who is let in; everybody where it is empty.
    public var allowed: [AddressRange] {
        didSet { self.allowedSet = AddressSet(self.allowed) }
    }

    /// Who is not, even if allowed.
    public var denied: [AddressRange] {
        didSet { self.deniedSet = AddressSet(self.denied) }
    }

    private var allowedSet: AddressSet
    private var deniedSet: AddressSet

    public init(allowed: [AddressRange] = [], denied: [AddressRange] = []) {
        self.allowed = allowed
        self.denied = denied
        self.allowedSet = AddressSet(allowed)
        self.deniedSet = AddressSet(denied)
    }

    /// Whether everybody is let in.
    public var admitsEverybody: Bool {
        self.allowed.isEmpty && self.denied.isEmpty
    }

    /// Whether a client with this address is let in.
    public func admits(_ address: SocketAddress?) -> Bool {
        guard !self.admitsEverybody else { return true }
        guard let address = address.flatMap(InternetAddress.init) else { return self.allowed.isEmpty }
        guard !self.deniedSet.contains(address) else { return false }
        return self.allowed.isEmpty || self.allowedSet.contains(address)
    }

    /// By their lists, of which the rest is made.
    public static func == (left: AddressRules, right: AddressRules) -> Bool {
        left.allowed == right.allowed && left.denied == right.denied
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.allowed)
        hasher.combine(self.denied)
    }
}
