import GeminiProtocol

extension KnownHostsRecord {
    /// The line, without its end.
    var text: String {
        var fields = ["\(self.host.host):\(self.host.port)", self.state.rawValue]
        func add(_ name: String, _ value: (some CustomStringConvertible)?) {
            if let value { fields.append("\(name)=\(value)") }
        }
        add("key", self.host.publicKeyFingerprint)
        add("certificate", self.host.fingerprint)
        add("sha512", self.host.sha512.map { String(decoding: Base64.encode($0), as: UTF8.self) })
        add("until", self.host.notAfter)
        add("first", self.host.firstSeen)
        add("last", self.host.lastSeen)
        return (fields + self.extras).joined(separator: " ")
    }

    /// Reads what stands behind the host and port; `nil` for what is no record.
    init?(host: Host, port: UInt16, fields: ArraySlice<Substring>) {
        guard let state = fields.first.flatMap({ State(rawValue: String($0)) }) else { return nil }
        self.init(
            state: state,
            host: KnownHost(host: host, port: port, fingerprint: nil, publicKeyFingerprint: nil, notAfter: nil)
        )
        var names: Set<Substring> = []
        for field in fields.dropFirst() {
            guard let equals = field.firstIndex(of: "="), equals != field.startIndex,
                names.insert(field[..<equals]).inserted,
                self.take(field[..<equals], field[field.index(after: equals)...], field)
            else { return nil }
        }
        guard self.host.fingerprint != nil || self.host.publicKeyFingerprint != nil || self.host.sha512 != nil else {
            return nil
        }
    }

    private mutating func take(_ name: Substring, _ value: Substring, _ field: Substring) -> Bool {
        func isRead<Value>(_ read: Value?, _ path: WritableKeyPath<KnownHost, Value?>) -> Bool {
            self.host[keyPath: path] = read
            return read != nil
        }
        switch name {
        case "key": return isRead(Fingerprint(parsing: String(value)), \.publicKeyFingerprint)
        case "certificate": return isRead(Fingerprint(parsing: String(value)), \.fingerprint)
        case "sha512": return isRead(Base64.decode(value.utf8).flatMap { $0.count == 64 ? $0 : nil }, \.sha512)
        case "until": return isRead(Timestamp(iso8601: value), \.notAfter)
        case "first": return isRead(Timestamp(iso8601: value), \.firstSeen)
        case "last": return isRead(Timestamp(iso8601: value), \.lastSeen)
        default:
            self.extras.append(String(field))
            return true
        }
    }
}

extension KnownHostsLine {
    /// Longer lines are none of ours.
    private static let longest = 4096

    static func content(of bytes: [UInt8]) -> Content {
        guard bytes.first != UInt8(ascii: "#") else { return .other }
        // Neither what is not text in a later field nor a line without an end hides whom the line is about.
        let fields = String(decoding: bytes.prefix(Self.longest), as: UTF8.self)
            .split { $0 == " " || $0 == "\t" || $0 == "\r" }
        guard let name = fields.first, let (host, port) = Self.hostAndPort(name) else { return .other }
        guard bytes.count <= Self.longest, bytes.span.isText,
            let record = KnownHostsRecord(host: host, port: port, fields: fields.dropFirst())
        else { return .damaged(host, port) }
        return .record(record)
    }

    /// Reads `host:port`, an IPv6 address in brackets.
    static func hostAndPort(_ text: Substring) -> (Host, UInt16)? {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            text.utf8.first == UInt8(ascii: "[") || text.utf8.firstIndex(of: UInt8(ascii: ":")) == colon,
            let port = UInt16(text[text.utf8.index(after: colon)...]),
            let host = try? Host(String(text[..<colon]))
        else { return nil }
        return (host, port)
    }
}

extension Span<UInt8> {
    /// Whether the bytes are UTF-8 without control characters but TAB and the CR of a line end.
    fileprivate var isText: Bool {
        for index in self.indices {
            let byte = self[index]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0D && index == self.count - 1 else {
                return false
            }
        }
        return String(validating: self.indices.map { self[$0] }, as: UTF8.self) != nil
    }
}
