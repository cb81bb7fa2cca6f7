import ArgumentParser
import GeminiTLS

/// `canaveral certificate fingerprint`
struct FingerprintCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fingerprint",
        abstract: "Print a certificate's fingerprints, as Lagrange, Amfora and jetforce spell them."
    )

    @OptionGroup var location: CertificateLocation

    func run() async throws {
        try await self.reporting {
            guard let leaf = try self.location.certificates().first else {
                throw IdentityError.noCertificate(path: try self.location.path())
            }
            FingerprintTable(leaf).print()
        }
    }
}
