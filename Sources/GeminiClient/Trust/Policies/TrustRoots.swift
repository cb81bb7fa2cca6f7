import GeminiTLS

/// The certificates of authorities that are trusted to vouch for servers.
public struct TrustRoots: Sendable {
    /// The authorities.
    public let certificates: [ServerCertificate]

    public init(_ certificates: [ServerCertificate]) {
        self.certificates = certificates
    }

    /// Reads the certificates of a file, in PEM or DER. Waits for the disk.
    public init(path: String) throws(TrustRootsError) {
        do {
            self.init(try Certificate.load(from: path).map { ServerCertificate(der: $0.der) })
        } catch {
            throw .unusable(reason: AuthoritiesError(error).description)
        }
    }

    /// The system's authorities: the file of `$SSL_CERT_FILE`, else the first of the places where systems keep it.
    /// Waits for the disk.
    public static func system() throws(TrustRootsError) -> TrustRoots {
        guard let path = SystemAuthorities.path else { throw .none(looked: SystemAuthorities.paths) }
        return try TrustRoots(path: path)
    }
}

/// Why there are no ``TrustRoots``.
public enum TrustRootsError: Error, Sendable, Hashable, CustomStringConvertible {
    case none(looked: [String])
    case unusable(reason: String)

    public var description: String {
        switch self {
        case .none(let paths):
            "There are no authorities in \(paths.joined(separator: ", ")): install ca-certificates, or set SSL_CERT_FILE."
        case .unusable(let reason):
            reason
        }
    }
}
