public import GeminiProtocol
public import GeminiServer

/// A certificate with which the owner of an account comes.
public struct AccountCertificate: Sendable, Hashable, Identifiable {
    /// By what a certificate is recognised: its public key, so that a renewed one is the same (GP-159); a certificate whose
    /// key cannot be read by itself.
    public struct ID: Sendable, Hashable, CustomStringConvertible {
        /// `key:` or `certificate:`, and the SHA-256 in hexadecimal.
        public let description: String

        /// The identifier with this description, as it stands in a link, say.
        public init(_ description: String) {
            self.description = description
        }

        public init(of certificate: ClientCertificate) {
            if let key = certificate.publicKeyFingerprint {
                self.description = "key:\(key)"
            } else {
                self.description = "certificate:\(certificate.fingerprint)"
            }
        }
    }

    public let id: ID
    /// What its owner calls it, or the name in the certificate: any visitor's text.
    public internal(set) var label: String
    /// When it came to the account.
    public let added: Timestamp
    /// The last second in which it is valid; `nil` when it does not say.
    public internal(set) var expires: Timestamp?

    private static let longestLabel = 64
}

extension AccountCertificate {
    init(_ certificate: ClientCertificate, label: String?, added: Timestamp) {
        self.id = ID(of: certificate)
        self.label = Self.label(label ?? certificate.commonName ?? "")
        self.added = added
        self.expires = certificate.notAfter
    }

    /// As much of the text as fits on a line, without what would not be seen there.
    static func label(_ text: String) -> String {
        let visible = text.unicodeScalars.prefix(Self.longestLabel).filter {
            $0.properties.generalCategory != .control && !$0.properties.isDefaultIgnorableCodePoint
        }
        return String(String.UnicodeScalarView(visible))
    }
}
