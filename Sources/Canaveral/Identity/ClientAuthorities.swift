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
        do {
            self.authorities = CertificateAuthorities(try Certificate.load(from: file))
        } catch {
            throw AuthoritiesError(error)
        }
    }

    /// Reads the authorities of files and folders: of a folder, those in the files that end in `.pem`, `.crt`, `.cer` or
    /// `.der`, or have the names that `openssl rehash` gives, such as `1a2b3c4d.0`.
    ///
    /// They are read once: for what changes later, make new ones.
    ///
    /// - Throws: an error that names the file or folder that cannot be read, or has no certificate in it.
    public init(paths: some Sequence<String>) throws {
        do {
            self.authorities = CertificateAuthorities(try Certificate.load(fromFilesAndFolders: paths))
        } catch {
            throw AuthoritiesError(error)
        }
    }

    /// - Parameter certificates: each in DER. What cannot be read vouches for nobody.
    public init(der certificates: some Sequence<[UInt8]>) {
        self.authorities = CertificateAuthorities(certificates.map { Certificate(der: $0) })
    }

    /// How many there are.
    public var count: Int { self.authorities.count }

    /// Whether one of them vouches for a certificate at a time.
    public func vouch(for certificate: ClientCertificate, at moment: Timestamp) -> Bool {
        self.authorities.verdict(on: certificate.chain, for: .client, at: moment) == .trusted
    }

    /// Whether one of them vouches for a certificate now.
    ///
    /// A gateway that asks it refuses nobody by that, and tells programs in `TLS_CLIENT_AUTHORISED`:
    ///
    /// ```swift
    /// options.server.authorizes = crew.vouch(for:)
    /// ```
    @Sendable
    public func vouch(for certificate: ClientCertificate) -> Bool {
        self.vouch(for: certificate, at: .now)
    }
}
