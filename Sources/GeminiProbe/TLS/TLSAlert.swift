/// A TLS alert by its number (RFC 8446 section 6).
package struct TLSAlert: Sendable, Hashable {
    package let code: UInt8

    package init(code: UInt8) {
        self.code = code
    }
}

extension TLSAlert: CustomStringConvertible {
    /// The name in the RFC, or the number of one without a name here.
    package var description: String {
        Self.names[self.code] ?? "\(self.code)"
    }

    private static let names: [UInt8: String] = [
        0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow",
        40: "handshake_failure", 42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked",
        45: "certificate_expired", 46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca",
        49: "access_denied", 50: "decode_error", 51: "decrypt_error", 70: "protocol_version",
        71: "insufficient_security", 80: "internal_error", 86: "inappropriate_fallback", 90: "user_canceled",
        109: "missing_extension", 110: "unsupported_extension", 112: "unrecognized_name",
        116: "certificate_required", 120: "no_application_protocol",
    ]
}
