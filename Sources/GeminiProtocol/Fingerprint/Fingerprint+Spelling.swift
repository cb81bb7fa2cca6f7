extension Fingerprint {
    /// The ways in which Gemini software writes the same 32 bytes.
    public enum Spelling: Sendable, Hashable, CaseIterable {
        /// `86341fb4…`: molly-brown, GmCapsule and Lagrange.
        case lowerHexadecimal
        /// `86341FB4…`: Amfora.
        case upperHexadecimal
        /// `86:34:1F:B4:…`: openssl(1).
        case colons
        /// `SHA256:86341FB4…`: `TLS_CLIENT_HASH` of jetforce, and what our configuration shows.
        case jetforce
        /// `SHA256:86341fb4…`: `TLS_CLIENT_HASH` of gmid.
        case gmid
        /// URL-safe base64 with its padding: `TLS_CLIENT_HASH_B64` of jetforce.
        case urlSafeBase64
        /// Base64 with `+` and `/`, with its padding.
        case base64
    }

    /// What Lagrange shows and stores: for a server the SHA-256 of its public key, for an identity that of the whole
    /// certificate ("copy fingerprint").
    public static let lagrange = Spelling.lowerHexadecimal

    /// What Amfora stores for a server: the SHA-256 of its public key.
    public static let amfora = Spelling.upperHexadecimal

    public func spelled(_ spelling: Spelling) -> String {
        switch spelling {
        case .lowerHexadecimal: Self.hexadecimal(self.bytes)
        case .upperHexadecimal: Self.hexadecimal(self.bytes, uppercase: true)
        case .colons: Self.hexadecimal(self.bytes, uppercase: true, separator: UInt8(ascii: ":"))
        case .jetforce: "SHA256:" + Self.hexadecimal(self.bytes, uppercase: true)
        case .gmid: "SHA256:" + Self.hexadecimal(self.bytes)
        case .urlSafeBase64: String(decoding: Base64.encode(self.bytes, alphabet: .urlSafe), as: UTF8.self)
        case .base64: String(decoding: Base64.encode(self.bytes), as: UTF8.self)
        }
    }

    /// Reads a fingerprint in any of the spellings, in either case, with or without `SHA256:`, colons between the bytes
    /// and base64 padding.
    ///
    /// - Returns: `nil` for anything that is not 32 bytes in one of them.
    public init?(parsing text: String) {
        var characters = Substring(text).utf8
        let prefix = "SHA256:".utf8
        if characters.count > prefix.count,
            zip(characters, prefix).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        {
            characters = characters.dropFirst(prefix.count)
        }
        if let bytes = Self.bytes(hexadecimal: characters) {
            self.init(bytes: bytes)
            return
        }
        guard characters.count == 43 || characters.count == 44, !characters.contains(UInt8(ascii: " ")),
            let bytes = Base64.decode(characters)
        else { return nil }
        self.init(bytes: bytes)
    }

    /// Hexadecimal of any bytes.
    package static func hexadecimal(
        _ bytes: some Collection<UInt8>,
        uppercase: Bool = false,
        separator: UInt8? = nil
    ) -> String {
        let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 3)
        for byte in bytes {
            if let separator, !text.isEmpty {
                text.append(separator)
            }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// 64 digits, or 32 pairs of them with a colon between each two.
    private static func bytes(hexadecimal text: Substring.UTF8View) -> [UInt8]? {
        let separated = text.count == Self.byteCount * 3 - 1
        guard separated || text.count == Self.byteCount * 2 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for (index, character) in text.enumerated() {
            if separated, index % 3 == 2 {
                guard character == UInt8(ascii: ":") else { return nil }
                continue
            }
            guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        return bytes
    }
}
