import GeminiServer
import TOML

extension ListenerSettings.Address {
    /// Reads `host:port`, `unix:/path` or `systemd:name`.
    package init(_ text: String, resolve: (String) -> String = { $0 }) throws(ListenAddressProblem) {
        if text.hasPrefix("unix:") {
            guard text.utf8.count > 5 else { throw .malformed }
            self = .unix(path: resolve(String(text.dropFirst(5))))
        } else if text.hasPrefix("systemd:") {
            guard text.utf8.count > 8 else { throw .malformed }
            self = .systemd(name: String(text.dropFirst(8)))
        } else {
            self = .network(try ListenAddress(settingText: text))
        }
    }

    init(_ value: TOMLValue, resolve: (String) -> String = { $0 }) throws(ListenAddressProblem) {
        if let text = value.text {
            try self.init(text, resolve: resolve)
        } else if case .integer(let number) = value, number >= 0 {
            // It would be the port.
            try self.init("\(number)")
        } else {
            throw .malformed
        }
    }
}

extension ListenAddress {
    /// An address, and a port behind a colon or Gemini's own.
    fileprivate init(settingText text: String) throws(ListenAddressProblem) {
        var host = text[...]
        var port = 1965
        // Of a bare IPv6 address every colon is its own.
        let isBareIPv6 = !text.hasPrefix("[") && text.count(where: { $0 == ":" }) > 1
        if !isBareIPv6, let colon = text.lastIndex(of: ":"), text[colon...].last != "]" {
            let digits = text[text.index(after: colon)...]
            guard Self.isNumber(digits), let number = UInt16(digits) else { throw .noPort("\(digits)") }
            guard colon != text.startIndex else { throw .onlyPort("\(digits)") }
            port = Int(number)
            host = text[..<colon]
            if Self.isNumber(host) { throw .numberForHost("\(host)") }
        } else if Self.isNumber(host) {
            throw UInt16(host) == nil ? .noPort("\(host)") : .onlyPort("\(host)")
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains(where: { " /,[]".contains($0) }) else { throw .malformed }
        self.init(host: String(host), port: port)
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
