public import GeminiProtocol
public import GeminiServer

/// Certificates by their fingerprints: of the whole certificate or of its public key, in any spelling.
///
/// ```swift
/// let friends: AllowedCertificates = ["SHA256:86341FB4…", "86:34:1F:B4:…"]
/// ```
public struct AllowedCertificates: Sendable, Hashable {
    public var fingerprints: Set<Fingerprint>

    public init(_ fingerprints: some Sequence<Fingerprint>) {
        self.fingerprints = Set(fingerprints)
    }

    /// Reads fingerprints as software and people write them (`Fingerprint.Spelling`).
    ///
    /// - Throws: ``FingerprintError``, which names the text that is none.
    public init(parsing texts: some Sequence<String>) throws(FingerprintError) {
        var fingerprints: Set<Fingerprint> = []
        for text in texts {
            guard let fingerprint = Fingerprint(parsing: text) else { throw FingerprintError(text: text) }
            fingerprints.insert(fingerprint)
        }
        self.fingerprints = fingerprints
    }

    /// Whether a certificate is one of them, or has a key of theirs.
    public func contains(_ certificate: ClientCertificate) -> Bool {
        self.fingerprints.contains(certificate.fingerprint)
            || certificate.publicKeyFingerprint.map(self.fingerprints.contains) == true
    }
}

extension AllowedCertificates: ExpressibleByArrayLiteral {
    /// Fingerprints in the source, where one that cannot be read is a mistake of the programmer's.
    public init(arrayLiteral texts: String...) {
        do throws(FingerprintError) {
            try self.init(parsing: texts)
        } catch {
            preconditionFailure(error.description)
        }
    }
}

/// A text that is no fingerprint.
public struct FingerprintError: Error, Sendable, Hashable, CustomStringConvertible {
    public let text: String

    public init(text: String) {
        self.text = text
    }

    public var description: String {
        "'\(self.text)' is no fingerprint: write the SHA-256 of a certificate or of its public key in hexadecimal or base64."
    }
}
