/// A TLS cipher suite by its registered code point.
public struct CipherSuite: Hashable, Sendable, CustomStringConvertible {
    /// The two bytes on the wire, as the IANA registry of TLS cipher suites lists them.
    public var code: UInt16

    public init(code: UInt16) {
        self.code = code
    }

    /// OpenSSL's name, as CGI programs expect it in `TLS_CIPHER`; the code point in hexadecimal for a suite that
    /// our servers do not use.
    public var description: String {
        switch self.code {
        case 0x1301: "TLS_AES_128_GCM_SHA256"
        case 0x1302: "TLS_AES_256_GCM_SHA384"
        case 0x1303: "TLS_CHACHA20_POLY1305_SHA256"
        case 0xC02B: "ECDHE-ECDSA-AES128-GCM-SHA256"
        case 0xC02F: "ECDHE-RSA-AES128-GCM-SHA256"
        case 0xC02C: "ECDHE-ECDSA-AES256-GCM-SHA384"
        case 0xC030: "ECDHE-RSA-AES256-GCM-SHA384"
        case 0xCCA9: "ECDHE-ECDSA-CHACHA20-POLY1305"
        case 0xCCA8: "ECDHE-RSA-CHACHA20-POLY1305"
        default: "0x" + String(self.code, radix: 16, uppercase: true)
        }
    }

    /// The bits of the key that data is encrypted with; `nil` for a suite that our servers do not use.
    package var keyBits: Int? {
        switch self.code {
        case 0x1301, 0xC02B, 0xC02F: 128
        case 0x1302, 0x1303, 0xC02C, 0xC030, 0xCCA8, 0xCCA9: 256
        default: nil
        }
    }
}
