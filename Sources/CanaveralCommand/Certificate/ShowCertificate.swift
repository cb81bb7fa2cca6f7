import ArgumentParser
import GeminiProtocol
import GeminiTLS

/// `canaveral certificate show`
struct ShowCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a certificate says: names, validity, fingerprints, the TLSA record."
    )

    @OptionGroup var location: CertificateLocation

    @Option(
        name: .shortAndLong,
        parsing: .unconditional,
        help: ArgumentHelp("The port in the TLSA record. (default: 1965)", valueName: "number"),
        transform: OptionValue.number(in: 1...65535, as: "a port from 1 to 65535").transform
    )
    var port = 1965

    func run() async throws {
        try await self.reporting {
            let certificates = try self.location.certificates()
            self.line("file", Terminal.harmless(try self.location.path()))
            self.line("private key", self.location.keyFile.map { "\($0), which belongs to the certificate" })
            for (index, certificate) in certificates.enumerated() {
                if index > 0 { Terminal.result("") }
                self.show(certificate)
            }
        }
    }

    private func show(_ certificate: Certificate) {
        self.line("subject", certificate.subject?.description)
        self.line("issuer", certificate.isSelfIssued ? "itself" : certificate.issuer?.description)
        self.line("serial", certificate.serialNumberHexadecimal)
        self.line("names", (certificate.dnsNames + certificate.ipAddresses).joined(separator: ", "))
        self.line("valid from", certificate.notBefore?.description)
        self.line("valid until", certificate.notAfter.map { "\($0)\(Self.remark(on: $0))" })
        self.line("key", certificate.publicKeyAlgorithm)
        self.line("signature", certificate.signatureAlgorithm)
        FingerprintTable(certificate).print()
        for name in certificate.dnsNames where !name.hasPrefix("*") {
            self.line("TLSA", certificate.tlsaRecord(host: name, port: UInt16(self.port)))
        }
    }

    private func line(_ label: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        Terminal.result("\(label):".padded(to: 14) + value)
    }

    private static func remark(on end: Timestamp) -> String {
        let (seconds, day) = (end.secondsSinceEpoch - Timestamp.now.secondsSinceEpoch, Int64(86_400))
        // Rounded: what is made for ten days has ten days left a moment later.
        switch (seconds + day / 2) / day {
        case _ where seconds < 0: return " (EXPIRED)"
        case _ where seconds < day: return " (less than a day left)"
        case 1: return " (1 day left)"
        case let days: return " (\(days) days left)"
        }
    }
}

extension String {
    /// The text with spaces behind it, so that it takes at least this many columns.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - self.count))
    }
}
