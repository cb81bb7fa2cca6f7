import GeminiProtocol

extension ListenAddress {
    /// Whether a connection that this machine makes to a host and port comes to a listener at this address: at the address
    /// itself, or at this machine's own where this stands for all. Of names, those of this machine are known, and the one that
    /// this has been given.
    package func isReached(at host: String, port: Int) -> Bool {
        guard self.port == port, let own = self.host else { return false }
        let (here, there) = (Reach(own), Reach(host))
        if here == there { return true }
        return switch (here, there) {
        case (.thisMachine, .address(let address)), (.address(let address), .thisMachine):
            address.isAll || address.isLocalhost
        // What is connected to at no address in particular is this machine (Linux, macOS).
        case (.address(let one), .address(let other)):
            one.isSameFamily(as: other) && here.isOfThisMachine && there.isOfThisMachine && (one.isAll || other.isAll)
        default: false
        }
    }

    private enum Reach: Equatable {
        case address(InternetAddress)
        case thisMachine
        case name(String)

        init(_ text: String) {
            if let address = InternetAddress(text) {
                self = .address(address)
            } else if (try? Host(text))?.isLoopback == true {
                self = .thisMachine
            } else {
                self = .name(text.lowercased())
            }
        }

        var isOfThisMachine: Bool {
            switch self {
            case .address(let address): address.isAll || address.isLoopback
            case .thisMachine: true
            case .name: false
            }
        }
    }
}

extension InternetAddress {
    fileprivate var isAll: Bool {
        switch self {
        case .v4(let bits): bits == 0
        case .v6(let bits): bits == 0
        }
    }

    fileprivate var isLoopback: Bool {
        switch self {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let bits): bits == 1
        }
    }

    /// Whether it is what `localhost` stands for.
    fileprivate var isLocalhost: Bool {
        switch self {
        case .v4(let bits): bits == 0x7F00_0001
        case .v6(let bits): bits == 1
        }
    }

    fileprivate func isSameFamily(as other: InternetAddress) -> Bool {
        switch (self, other) {
        case (.v4, .v4), (.v6, .v6): true
        default: false
        }
    }
}
