import ArgumentParser
import CanaveralConfiguration
import GeminiProtocol
import GeminiTLS

/// Which certificate is meant: one in a file, or one in the state directory.
struct CertificateLocation: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The certificate, PEM or DER. (default: the one in the state directory)", valueName: "file"),
        completion: .file()
    )
    var file: String?

    @Option(
        name: [.customShort("k"), .customLong("key")],
        help: ArgumentHelp("The private key, where it is in a file of its own.", valueName: "file"),
        completion: .file()
    )
    var keyFile: String?

    @Option(
        name: .customLong("hostname"),
        help: ArgumentHelp(
            "A host name. Repeat it. In the state directory the first names the file. (default: localhost)",
            valueName: "name"
        )
    )
    var names: [String] = []

    @Option(
        name: .customLong("state-dir"),
        help: ArgumentHelp("The state directory, where it is not the usual one.", valueName: "dir"),
        completion: .directory
    )
    var stateDirectory: String?

    func validate() throws {
        if self.keyFile != nil && self.file == nil {
            throw ValidationError("--key needs a certificate file.")
        }
        for name in self.names where HostName(name) == nil {
            throw ValidationError(
                "'\(name)' is neither a host name, nor a pattern such as *.example.org, nor an IP address."
            )
        }
    }

    /// The names for a certificate, in the form in which certificates hold them.
    var certificateNames: [String] {
        let names = self.names.compactMap { HostName($0) }
        return names.isEmpty ? [ServiceDefaults.localhost.certificateName] : names.map(\.certificateName)
    }

    func directory() throws -> StateDirectory {
        try self.stateDirectory.map { StateDirectory(path: $0) } ?? StateDirectory.standard()
    }

    /// The certificate's file, wherever it is.
    func path() throws -> String {
        try self.file ?? self.directory().path(keeping: self.certificateNames[0], at: .now)
    }

    /// Puts an identity in the place of the one that is there.
    ///
    /// - Returns: the files in which what was there is kept.
    func save(_ identity: Identity) throws -> [String] {
        if let file = self.file {
            try IdentityFiles(certificatePath: file, keyPath: self.keyFile).save(identity)
        } else {
            [try self.directory().save(identity, at: self.path())].compactMap(\.self)
        }
    }

    /// Certificates to look at; a key is not needed for that, and one that is named has to belong to them.
    func certificates() throws -> [Certificate] {
        let certificates = try Certificate.load(from: self.path())
        if self.keyFile != nil { _ = try self.identity() }
        return certificates
    }

    /// The certificate with its key, even if it has expired.
    func identity() throws -> Identity {
        try Identity.load(from: self.path(), keyPath: self.keyFile, at: .now, evenIfExpired: true)
    }
}

extension AsyncParsableCommand {
    /// Runs work on certificates, and turns what goes wrong into a sentence and an exit code.
    func reporting(_ work: () throws -> Void) async throws {
        try await Failure.reporting {
            do {
                try work()
            } catch let error as IdentityError {
                throw Failure.configuration("\(error)")
            }
        }
    }
}
