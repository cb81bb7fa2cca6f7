import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The certificates of authorities that are trusted to vouch for servers.
///
/// swift-certificates has the system's roots too, but on Linux only and from two paths, without a word when neither
/// is there; here the failure is an error at the start, and macOS is served by the file that it has for OpenSSL's
/// clients.
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
            throw .unusable(reason: error.description)
        }
    }

    /// The system's authorities: the file of `$SSL_CERT_FILE`, else the first of the places where systems keep it.
    /// Waits for the disk.
    public static func system() throws(TrustRootsError) -> TrustRoots {
        if let named = unsafe getenv("SSL_CERT_FILE") {
            return try TrustRoots(path: unsafe String(cString: named))
        }
        for path in Self.systemPaths where unsafe access(path, R_OK) == 0 {
            return try TrustRoots(path: path)
        }
        throw .none(looked: Self.systemPaths)
    }

    private static let systemPaths = [
        "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Gentoo
        "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, RHEL
        "/etc/ssl/ca-bundle.pem",  // openSUSE
        "/etc/ssl/cert.pem",  // Alpine, macOS, the BSDs
    ]
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
