public import GeminiProtocol
public import GeminiServer
import GeminiTLS

/// Authorities that vouch for visitors: whoever shows a certificate that one of them signed is let in.
///
/// ```swift
/// let crew = try ClientAuthorities(file: "/etc/capsule/crew-ca.pem")
/// routes.group("/crew") { crewRoutes in
///     crewRoutes.use(.requireCertificate("Crew only", from: crew))
/// }
/// ```
///
/// Judged are signatures, the times of all certificates and what they are made for (RFC 5280): one that says what it is for
/// must say clients. Lists of revoked certificates are not looked at: give certificates short lives, or keep a list of
/// those that are allowed (``AllowedCertificates``).
///
/// Certificates between an authority and a visitor's come from the visitor's client, which hardly any client can do: put
/// them into the file as well. Thread-safe.
public struct ClientAuthorities: Sendable {
    private let authorities: CertificateAuthorities

    /// Reads the authorities of a file, one or more in PEM or one in DER.
    ///
    /// - Throws: an error that names the file and what is wrong with it.
    public init(file: String) throws {
        self.authorities = CertificateAuthorities(try Certificate.load(from: file))
    }

    /// - Parameter certificates: each in DER. What cannot be read vouches for nobody.
    public init(der certificates: some Sequence<[UInt8]>) {
        self.authorities = CertificateAuthorities(certificates.map { Certificate(der: $0) })
    }

    /// Whether one of them vouches for a certificate at a time.
    public func vouch(for certificate: ClientCertificate, at moment: Timestamp) -> Bool {
        self.authorities.verdict(on: certificate.chain, for: .client, at: moment) == .trusted
    }
}
