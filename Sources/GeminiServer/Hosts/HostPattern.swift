public import GeminiProtocol

/// All hosts one label beneath a domain: `*.example.org` is `a.example.org` and `b.example.org`, and neither
/// `example.org` nor `a.b.example.org`.
///
/// That is what a certificate for `*.example.org` is for (RFC 6125 §6.4.3), so that a client that checks names is content
/// with every host that a pattern takes in.
///
/// ```swift
/// try HostPattern("*.example.org").matches(Host("Blog.Example.org"))  // true
/// ```
public struct HostPattern: Hashable, Sendable {
    /// `example.org` of `*.example.org`.
    public let domain: Host

    /// - Parameter pattern: `*.` and a domain in any case and script; the star is the whole first label.
    public init(_ pattern: String) throws(HostPatternError) {
        guard pattern.hasPrefix("*."), let domain = try? Host(String(pattern.dropFirst(2))), !domain.isIPAddress else {
            throw HostPatternError(pattern: pattern)
        }
        self.domain = domain.withoutTrailingDot
    }

    /// Whether a host is one of those, however it is spelled.
    public func matches(_ host: Host) -> Bool {
        guard let name = host.withoutTrailingDot.name, let dot = name.firstIndex(of: ".") else { return false }
        return name[name.index(after: dot)...] == self.domain.description
    }
}

extension HostPattern: CustomStringConvertible {
    /// The pattern in lower case with A-labels.
    public var description: String {
        "*.\(self.domain)"
    }
}

/// What is no pattern for hosts.
public struct HostPatternError: Error, Hashable, CustomStringConvertible {
    public var pattern: String

    public var description: String {
        "'\(self.pattern)' is no pattern for hosts: write *.example.org, with a star for exactly one label in front of a name."
    }
}
