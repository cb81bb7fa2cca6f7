import ArgumentParser
import GeminiProtocol
import GeminiTLS

/// `canaveral certificate renew`
struct RenewCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Make a new certificate for the same key, with the same names.",
        discussion: """
            Clients that trust on first use by public key, as Lagrange and Amfora do, see no difference. Certificates in \
            the state directory are renewed by the server itself, well before they expire. Of a file that was named, what \
            was there before is kept, with .old after its name.
            """
    )

    @OptionGroup var location: CertificateLocation

    @Option(
        name: [.customShort("D"), .customLong("days")],
        parsing: .unconditional,
        help: ArgumentHelp("How many days the new certificate is valid. (default: 3650)", valueName: "number"),
        transform: OptionValue.days.transform
    )
    var days = 3650

    func run() async throws {
        try await self.reporting {
            let renewed = try self.location.identity().renewed(days: self.days, at: .now)
            let kept = try self.location.save(renewed)
            Terminal.result("renewed:      \(try self.location.path())")
            for file in kept { Terminal.result("kept:         \(file)") }
            if let end = renewed.leaf.notAfter { Terminal.result("valid until:  \(end)") }
            FingerprintTable(renewed.leaf).print()
        }
    }
}
