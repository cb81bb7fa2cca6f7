import ArgumentParser

/// `canaveral certificate`: looking at certificates, and making them.
struct CertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: "Show, make and renew certificates.",
        discussion: """
            Without a file, a command means the certificate that canaveral keeps for --hostname in its state directory.
            """,
        subcommands: [
            ShowCertificate.self, FingerprintCertificate.self, GenerateCertificate.self, RenewCertificate.self,
        ]
    )
}
