import ArgumentParser
import GeminiProtocol

/// `host`, `host:port`, `address` or `[address]:port` on the command line.
struct ConnectAddress: ExpressibleByArgument {
    let host: Host
    /// `nil` where none was written.
    let port: UInt16?

    init?(argument: String) {
        guard let url = try? GeminiURL("gemini://\(argument)/"), url.path == "/" else { return nil }
        self.host = url.host
        // A URL does not tell whether the default port was written.
        let end = argument.lastIndex(of: "]").map { argument[$0...] } ?? argument[...]
        self.port = end.contains(":") ? url.effectivePort : nil
    }
}

extension Host {
    /// The name or the address as sockets take it, without the brackets of URLs.
    var bare: String {
        switch self.kind {
        case .name(let name): name
        case .ipv4(let address): "\(address)"
        case .ipv6(let address): "\(address)"
        }
    }
}
