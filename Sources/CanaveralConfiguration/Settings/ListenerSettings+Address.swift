import GeminiProtocol
import GeminiServer
import TOML

extension ListenerSettings.Address {
    /// Reads `host:port`, `unix:/path` or `systemd:name`.
    package init(_ text: String, resolve: (String) -> String = { $0 }) throws(ListenAddressProblem) {
        if text.hasPrefix("unix:") {
            guard text.utf8.count > 5 else { throw .malformed }
            guard text != "unix:~", !text.hasPrefix("unix:~/") else { throw .tilde }
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
        guard !text.contains(",") else { throw .several }
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
        if isBareIPv6, let (address, port) = Self.parts(ofIPv6: text) {
            throw .withoutBrackets(address: address, port: port)
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains(where: { " /[]".contains($0) }) else { throw .malformed }
        if host == "*" { throw .star(port: port) }
        // The interface of a link-local address is no part of it.
        let name = host.contains(":") ? host.prefix { $0 != "%" } : host
        guard (try? Host(String(name))) != nil else { throw .noHost("\(host)") }
        if Self.isInterface(host) { throw .interface("\(host)") }
        self.init(host: String(host), port: port)
    }

    /// An IPv6 address and the port behind it, where a text can be meant for nothing else: its last part is too long for one
    /// of the address, or Gemini's own port.
    private static func parts(ofIPv6 text: String) -> (address: String, port: String)? {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let (address, port) = (String(text[..<colon]), text[text.index(after: colon)...])
        guard Self.isNumber(port), port == "1965" || (try? Host(text)) == nil,
            UInt16(port) != nil, (try? Host(address)) != nil
        else { return nil }
        return (address, String(port))
    }

    /// Whether this is what Linux, BSD or macOS call a network interface, and hardly anybody a host.
    private static func isInterface(_ name: Substring) -> Bool {
        name.wholeMatch(of: /lo|(?:eth|wlan|lo|en|eno|ens|wg|tun|tap|utun|ppp|br|docker|veth|tailscale)[0-9]+/) != nil
            || name.wholeMatch(of: /(?:en|wl|ww)p[0-9]+s[0-9]+[a-z0-9]*/) != nil
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
