package import GeminiProtocol
package import GeminiServer
import TOML

/// A name of a host, or a pattern for several.
package enum HostName: Hashable, Sendable, CustomStringConvertible {
    case exact(Host)
    case wildcard(HostPattern)

    /// - Parameter text: a name, an address, or `*.` and a name.
    package init?(_ text: String) {
        if text.hasPrefix("*.") {
            guard let pattern = try? HostPattern(text) else { return nil }
            self = .wildcard(pattern)
        } else {
            guard let host = try? Host(text) else { return nil }
            self = .exact(host.withoutTrailingDot)
        }
    }

    package var description: String {
        switch self {
        case .exact(let host): "\(host)"
        case .wildcard(let pattern): "\(pattern)"
        }
    }
}

extension ValueForm where Value == HostName {
    static var hostName: ValueForm {
        let expectation = "a host name such as \"example.org\" or \"*.example.org\""
        return ValueForm(expectation) { node, place in
            guard case .string(let text) = node.value, let name = HostName(text) else {
                place.report(Self.advice(on: node.value) ?? "It takes \(expectation), and is \(node.value.shown).")
                return nil
            }
            return name
        }
    }

    /// What to write in place of what is often taken for a name.
    private static func advice(on value: TOMLValue) -> String? {
        guard case .string(let text) = value else { return nil }
        if text == "*" {
            return
                "A star stands for one label in front of a name: write \"*.example.org\", or 'default = true' in the [[host]] that shows its certificate to everybody else."
        }
        if let end = text.firstRange(of: "://")?.upperBound {
            let rest = text[end...].prefix { $0 != "/" && $0 != ":" }
            return "No address is taken here, but the name in it: write \"\(rest)\"."
        }
        guard let colon = text.lastIndex(of: ":"), text[text.index(after: colon)...].allSatisfy(\.isNumber),
            HostName(String(text[..<colon])) != nil
        else { return nil }
        return
            "No port is taken here: write \"\(text[..<colon])\", and the port behind the address in 'listen' at the top of the file."
    }
}
