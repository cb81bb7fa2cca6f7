import GeminiProtocol

/// The first version: a line of text (PP-10, PP-11).
extension ProxyHeaderFields {
    static let linePrefix = Array("PROXY ".utf8)

    /// With its CRLF.
    static let longestLine = 107

    static func recognizeLine(_ bytes: Span<UInt8>) -> Recognition {
        guard Self.agree(bytes, Self.linePrefix) else { return .invalid(.noHeader) }
        let limit = min(bytes.count, Self.longestLine)
        var end = Self.linePrefix.count
        while end < limit, bytes[end] != UInt8(ascii: "\r"), bytes[end] != UInt8(ascii: "\n") { end += 1 }
        guard end + 1 < limit else {
            if end < limit, bytes[end] == UInt8(ascii: "\n") { return .invalid(.malformedLine) }
            return limit < Self.longestLine ? .needMore : .invalid(.lineTooLong)
        }
        guard bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == UInt8(ascii: "\n") else {
            return .invalid(.malformedLine)
        }
        let line = String(decoding: Self.copy(bytes.extracting(Self.linePrefix.count..<end)), as: UTF8.self)
        return Self.parse(line).map { .header(ProxyHeaderFields($0), length: end + 2) } ?? .invalid(.malformedLine)
    }

    /// What is behind `PROXY `.
    private static func parse(_ line: String) -> Addresses? {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch parts[0] {
        case "UNKNOWN": return .unknown
        case "TCP4": return Self.ends(parts, IPv4Address.init).map { .ipv4($0) }
        case "TCP6": return Self.ends(parts, IPv6Address.init).map { .ipv6($0) }
        default: return nil
        }
    }

    private static func ends<Address>(_ parts: [String], _ address: (String) -> Address?) -> Ends<Address>? {
        guard parts.count == 5, let source = address(parts[1]), let destination = address(parts[2]),
            let sourcePort = Self.port(parts[3]), let destinationPort = Self.port(parts[4])
        else { return nil }
        return Ends(source: source, destination: destination, sourcePort: sourcePort, destinationPort: destinationPort)
    }

    /// Digits only, and no zero before others.
    private static func port(_ text: String) -> UInt16? {
        UInt16(text).flatMap { String($0) == text ? $0 : nil }
    }

    /// The line with its CRLF.
    package var line: [UInt8] {
        let rest =
            switch self.addresses {
            case .unknown: "UNKNOWN"
            case .ipv4(let ends): "TCP4 \(ends.text)"
            case .ipv6(let ends): "TCP6 \(ends.text)"
            }
        return Self.linePrefix + Array("\(rest)\r\n".utf8)
    }
}

extension ProxyHeaderFields.Ends {
    fileprivate var text: String {
        "\(self.source) \(self.destination) \(self.sourcePort) \(self.destinationPort)"
    }
}
