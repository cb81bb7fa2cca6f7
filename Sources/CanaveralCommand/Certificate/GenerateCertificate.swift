import ArgumentParser
import GeminiTLS

/// `canaveral certificate generate`
struct GenerateCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Make a new key and a self-signed certificate.",
        discussion: """
            Clients that know the host will warn of the new key: to keep the key, renew instead. What was there before \
            is kept, with .old after its name. Without a file the new pair goes into the state directory.
            """
    )

    @OptionGroup var location: CertificateLocation
    @OptionGroup var making: MakingOptions

    @Flag(name: .shortAndLong, help: "Replace a certificate that is there.")
    var force = false

    func run() async throws {
        try await self.reporting {
            let path = try self.location.path()
            let pair = CertificatePair(certificateFile: path, keyFile: self.location.keyFile)
            if let stranger = pair.stranger {
                throw Failure.work("\(stranger) is neither a certificate nor a key: name another file.")
            }
            if pair.exists && !self.force {
                throw Failure.work(
                    "There is a certificate at \(path) already: renew it with 'canaveral certificate renew', or replace it with --force."
                )
            }
            let kept = try self.location.save(self.making.identity(names: self.location.certificateNames))
            Terminal.result("made:         \(path)")
            for file in kept { Terminal.result("kept:         \(file)") }
            for certificate in try self.location.certificates() { FingerprintTable(certificate).print() }
        }
    }
}
