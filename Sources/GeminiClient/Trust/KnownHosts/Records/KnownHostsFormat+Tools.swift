import GeminiProtocol

extension KnownHostsFormat {
    /// `host algorithm fingerprint [expiry]`. The host may have a port behind it, which some have added.
    static func toolsHost(_ fields: [Substring]) -> KnownHost? {
        guard fields.count == 3 || fields.count == 4,
            let (name, port) = KnownHostsLine.hostAndPort(fields[0])
                ?? (try? Host(String(fields[0]))).map({ ($0, GeminiURL.defaultPort) })
        else { return nil }
        var notAfter: Timestamp?
        if fields.count == 4 {
            guard let expiry = Self.seconds(fields[3]) else { return nil }
            notAfter = expiry
        }
        var host = KnownHost(host: name, port: port, fingerprint: nil, publicKeyFingerprint: nil, notAfter: notAfter)
        switch fields[1].lowercased() {
        case "sha256", "sha-256":
            host.fingerprint = Fingerprint(parsing: String(fields[2]))
            return host.fingerprint == nil ? nil : host
        case "sha512", "sha-512":
            host.sha512 = Self.sha512(fields[2])
            return host.sha512 == nil ? nil : host
        default:
            return nil
        }
    }

    static func gmniLine(_ host: KnownHost) -> String? {
        guard host.port == GeminiURL.defaultPort, let sha512 = host.sha512, let notAfter = host.notAfter,
            notAfter.secondsSinceEpoch >= 0
        else { return nil }
        let digits = Fingerprint.hexadecimal(sha512, uppercase: true, separator: UInt8(ascii: ":"))
        return "\(Self.bareName(host.host)) SHA-512 \(digits) \(notAfter.secondsSinceEpoch)"
    }

    static func goGeminiLine(_ host: KnownHost) -> String? {
        guard host.port == GeminiURL.defaultPort, let fingerprint = host.fingerprint else { return nil }
        return "\(Self.bareName(host.host)) sha256 \(fingerprint.spelled(.base64))"
    }

    /// 64 bytes in hexadecimal, with colons or without, or in base64.
    private static func sha512(_ text: Substring) -> [UInt8]? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: ":") }
        if digits.count == 128 {
            var bytes: [UInt8] = []
            for index in stride(from: 0, to: 128, by: 2) {
                guard let high = Character(Unicode.Scalar(digits[index])).hexDigitValue,
                    let low = Character(Unicode.Scalar(digits[index + 1])).hexDigitValue
                else { return nil }
                bytes.append(UInt8(high << 4 | low))
            }
            return bytes
        }
        return Base64.decode(text.utf8).flatMap { $0.count == 64 ? $0 : nil }
    }
}
