package import GeminiProtocol
package import GeminiServer
import TOML

/// A name of a host, or a pattern for several.
package enum HostName: Hashable, Sendable, CustomStringConvertible {
    case exact(Host)
    case wildcard(HostPattern)

    package var description: String {
        switch self {
        case .exact(let host): "\(host)"
        case .wildcard(let pattern): "\(pattern)"
        }
    }
}

extension ValueForm where Value == HostName {
    static var hostName: ValueForm {
        ValueForm("a host name such as \"example.org\" or \"*.example.org\"") { node in
            guard case .string(let text) = node else { return nil }
            if text.hasPrefix("*.") { return (try? HostPattern(text)).map { .wildcard($0) } }
            return (try? Host(text)).map { .exact($0.withoutTrailingDot) }
        }
    }
}
