import ArgumentParser
import GeminiProtocol

/// `host:port` or `[address]:port` on the command line.
struct ConnectAddress: ExpressibleByArgument {
    let host: String
    let port: UInt16

    init?(argument: String) {
        guard let url = try? GeminiURL("gemini://\(argument)/"), let port = url.effectivePort else { return nil }
        self.host =
            switch url.host.kind {
            case .name(let name): name
            case .ipv4(let address): "\(address)"
            case .ipv6(let address): "\(address)"
            }
        self.port = port
    }
}
