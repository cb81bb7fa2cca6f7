import ArgumentParser
import GeminiProtocol

/// `host`, `host:port`, `address` or `[address]:port` on the command line.
struct ConnectAddress {
    let host: Host
    /// `nil` where none was written.
    let port: UInt16?

    /// - Throws: `ValidationError` with what is valid.
    init(_ text: String) throws {
        if text.hasPrefix("unix:") {
            throw ValidationError("a Unix socket cannot be connected to; \(Self.expectation)")
        }
        if let end = text.firstRange(of: "://")?.upperBound {
            let place = text[end...].prefix { $0 != "/" }
            throw ValidationError("no URL is meant, but the server in it, as \(Terminal.harmless("\(place)")).")
        }
        if text.hasPrefix(":"), text.dropFirst().allSatisfy(\.isNumber) {
            throw ValidationError("the address in front of the port is missing; \(Self.expectation)")
        }
        // A URL may end its authority so, and means its scheme's port then.
        if text.hasSuffix(":"), !text.hasSuffix("::") {
            throw ValidationError("the port behind the colon is missing; \(Self.expectation)")
        }
        // IPv6 as it is written everywhere but in URLs.
        let isBareIPv6 = !text.hasPrefix("[") && text.count { $0 == ":" } > 1
        guard let url = try? GeminiURL("gemini://\(isBareIPv6 ? "[\(text)]" : text)/"), url.path == "/" else {
            throw ValidationError(Self.expectation)
        }
        self.host = url.host
        // A URL does not tell whether the default port was written.
        let end = text.lastIndex(of: "]").map { text[$0...] } ?? text[...]
        self.port = !isBareIPv6 && end.contains(":") ? url.effectivePort : nil
    }

    private static let expectation =
        "it takes a host name or an address, with a port or without, as 192.0.2.7:1965, [2001:db8::7]:1965 or localhost."
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
