import GeminiProtocol
import NIOCore

/// Whom a plan loads.
struct Target {
    private let plan: BenchmarkPlan

    init(_ plan: BenchmarkPlan) {
        self.plan = plan
    }

    /// The first address that accepts a connection. Waits, for the resolver and for that connection.
    func address() throws(BenchmarkError) -> SocketAddress {
        let host: String
        if let endpoint = self.plan.endpoint {
            host = endpoint.host
        } else {
            switch self.plan.url.host.kind {
            case .name(let name): host = name
            case .ipv4(let address): host = address.description
            case .ipv6(let address): host = address.description
            }
        }
        let port = self.plan.endpoint?.port ?? Int(self.plan.url.effectivePort ?? 1965)
        let addresses = try AddressResolution.addresses(of: host, port: port)
        guard self.plan.hasPermission || addresses.allSatisfy(\.isLoopback) else {
            throw .notPermitted(host: host)
        }
        var reason = "there is no address"
        for address in addresses {
            switch TCPSocket.connecting(to: address) {
            case .failure(let error):
                reason = error.description
            case .success(let socket):
                defer { socket.close() }
                guard let error = socket.waitUntilConnected(within: self.plan.timeout) else { return address }
                reason = error.description
            }
        }
        throw .unreachable(address: "\(host):\(port)", reason: reason)
    }
}
