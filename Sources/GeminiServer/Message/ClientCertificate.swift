public import GeminiProtocol
package import GeminiTLS
import NIOSSL

/// The certificate that a client showed in the handshake.
///
/// That it is the client's is proven; what it says is not. Anybody can make a certificate in any name: recognise people
/// by ``fingerprint`` or ``publicKeyFingerprint``, never by ``commonName``.
///
/// Nothing here fails: what cannot be read in an odd certificate is `nil`. Properties are read from the bytes when they
/// are asked for.
public struct ClientCertificate: Hashable, Sendable {
    private let certificate: Certificate

    /// The certificates that the client sent along, which might lead to an authority, each in DER. Empty for
    /// almost everybody.
    public let intermediates: [[UInt8]]

    /// - Parameters:
    ///   - der: the certificate in DER, for requests made by hand.
    ///   - intermediates: those that came along.
    public init(der: [UInt8], intermediates: [[UInt8]] = []) {
        self.certificate = Certificate(der: der)
        self.intermediates = intermediates
    }

    /// - Parameter chain: what the client sent, its own certificate first.
    init?(_ certificate: NIOSSLCertificate, chain: ValidatedCertificateChain?) {
        guard let der = try? certificate.toDERBytes() else { return nil }
        self.init(der: der, intermediates: chain?.dropFirst().compactMap { try? $0.toDERBytes() } ?? [])
    }

    /// The certificate and what came with it, for authorities to judge.
    package var chain: [Certificate] {
        [self.certificate] + self.intermediates.map { Certificate(der: $0) }
    }

    /// The whole certificate in DER.
    public var der: [UInt8] { self.certificate.der }

    /// The SHA-256 of the whole certificate; changes with each renewal (GP-159).
    public var fingerprint: Fingerprint { self.certificate.fingerprint }

    /// The SHA-256 of the public key, which stays when a certificate is renewed with the same key (GP-159).
    public var publicKeyFingerprint: Fingerprint? { self.certificate.publicKeyFingerprint }

    /// The subject's distinguished name in the form of RFC 4514, such as `CN=visitor`.
    public var subject: String? { self.certificate.subject?.description }

    /// The subject's common name.
    public var commonName: String? { self.certificate.subject?.commonName }

    /// The issuer's distinguished name in the form of RFC 4514.
    public var issuer: String? { self.certificate.issuer?.description }

    /// The subject as OpenSSL writes it in one line, such as `/CN=visitor`, for programs that expect it so.
    package var subjectLine: String? { self.certificate.subject?.oneLine }

    /// The issuer, likewise.
    package var issuerLine: String? { self.certificate.issuer?.oneLine }

    /// The issuer's common name.
    public var issuerCommonName: String? { self.certificate.issuer?.commonName }

    /// The first second in which it is valid.
    public var notBefore: Timestamp? { self.certificate.notBefore }

    /// The last second in which it is valid.
    public var notAfter: Timestamp? { self.certificate.notAfter }

    /// The serial number in decimal.
    public var serialNumber: String? { self.certificate.serialNumber }
}
