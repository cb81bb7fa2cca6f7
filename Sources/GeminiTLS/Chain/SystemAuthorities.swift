#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Where the system keeps the authorities that it trusts.
package enum SystemAuthorities {
    package static let paths = [
        "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Gentoo
        "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, RHEL
        "/etc/ssl/ca-bundle.pem",  // openSUSE
        "/etc/ssl/cert.pem",  // Alpine, macOS, the BSDs
    ]

    /// The file of `$SSL_CERT_FILE`, else the first of the places where systems keep it; `nil` where there is none.
    package static var path: String? {
        if let named = getenv("SSL_CERT_FILE") { return String(cString: named) }
        return self.paths.first { access($0, R_OK) == 0 }
    }
}
