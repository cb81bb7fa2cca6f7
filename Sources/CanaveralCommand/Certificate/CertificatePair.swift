import GeminiProtocol
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A certificate and its key in files that somebody named: one for both, or one each.
struct CertificatePair {
    var certificateFile: String
    var keyFile: String?

    /// Whether there is anything at the paths.
    var exists: Bool {
        self.paths.contains { access($0, F_OK) == 0 }
    }

    /// A path at which there is something that is neither a certificate nor a key, if any.
    var stranger: String? {
        self.paths.first { access($0, F_OK) == 0 && !IdentityFiles.isOurs($0) }
    }

    private var paths: [String] {
        [self.certificateFile] + (self.keyFile.map { [$0] } ?? [])
    }

    /// Makes a new key and a self-signed certificate. What was there before is kept beside them.
    ///
    /// - Returns: the files in which it is kept.
    @discardableResult
    func make(_ options: MakingOptions, hosts: [Host]) throws -> [String] {
        if let stranger = self.stranger {
            throw Failure.configuration("\(stranger) is neither a certificate nor a key: name another file.")
        }
        return try IdentityFiles(certificatePath: self.certificateFile, keyPath: self.keyFile)
            .save(options.identity(hosts: hosts))
    }

    /// How to get a pair where there is none.
    var missing: Failure {
        .configuration(
            "There is no certificate at \(self.place): run once with --generate-cert to make one, or leave out --cert to have it made and kept by itself."
        )
    }

    private var place: String {
        self.keyFile.map { "\(self.certificateFile) and \($0)" } ?? self.certificateFile
    }

    /// Makes a pair if the person at the terminal wants it, and otherwise says how to get one.
    func offerToMake(_ options: MakingOptions, hosts: [Host]) async throws {
        guard Terminal.isInteractive else { throw self.missing }
        Terminal.notice("There is no certificate at \(Terminal.harmless(self.place)).")
        let names = options.names(hosts: hosts).joined(separator: ", ")
        guard
            await Terminal.confirm("Make a new key and a certificate for \(names), valid for \(options.validity) days?")
        else {
            throw Failure.configuration(
                "Without a certificate there is no server: name one with --cert, or leave it out."
            )
        }
        try self.make(options, hosts: hosts)
    }
}
