import GeminiProtocol

extension Host {
    /// Whether it stands for this machine and nothing else: `localhost` and the names below it (RFC 6761 §6.3), 127.0.0.0/8
    /// and ::1.
    var isLoopback: Bool {
        switch self.kind {
        case .name(let name):
            name.split(separator: ".").last == "localhost"
        case .ipv4(let address):
            address.bytes[0] == 127
        case .ipv6(let address):
            address.rawValue == 1
        }
    }
}
