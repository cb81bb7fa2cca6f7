import GeminiProtocol

extension KnownHostsFormat {
    static func lagrangeHost(_ fields: [Substring]) -> KnownHost? {
        guard fields.count == 3, let semicolon = fields[0].utf8.lastIndex(of: UInt8(ascii: ";")),
            let host = try? Host(String(fields[0][..<semicolon])),
            let port = UInt16(fields[0][fields[0].utf8.index(after: semicolon)...]),
            let notAfter = Self.seconds(fields[1]),
            let key = Fingerprint(parsing: String(fields[2]))
        else { return nil }
        return KnownHost(host: host, port: port, fingerprint: nil, publicKeyFingerprint: key, notAfter: notAfter)
    }

    static func lagrangeLine(_ host: KnownHost) -> String? {
        guard let key = host.publicKeyFingerprint, let notAfter = host.notAfter, notAfter.secondsSinceEpoch >= 0 else {
            return nil
        }
        return
            "\(Self.bareName(host.host));\(host.port) \(notAfter.secondsSinceEpoch) \(key.spelled(Fingerprint.lagrange))"
    }
}
