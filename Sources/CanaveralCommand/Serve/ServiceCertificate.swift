import GeminiProtocol
import GeminiServer
import GeminiTLS

/// The certificate that a service shows, and how it came by it.
struct ServiceCertificate {
    var identity: ServerIdentity
    /// What was done for it, as in "made now".
    var origin: String
    /// What is worth telling about it besides.
    var remarks: [String] = []

    init(_ options: CertificateOptions, hosts: [Host]) async throws {
        do {
            if let file = options.certificateFile {
                try await self.init(file: file, options: options, hosts: hosts)
            } else {
                try self.init(automatic: options, hosts: hosts)
            }
        } catch let error as IdentityError {
            throw Failure.configuration("\(error)")
        }
    }

    /// A certificate in a file that somebody named.
    private init(file: String, options: CertificateOptions, hosts: [Host]) async throws {
        let pair = CertificatePair(certificateFile: file, keyFile: options.keyFile)
        if options.generates {
            let kept = try pair.make(options.making, hosts: hosts)
            self.origin = "made now in \(file)\(Self.remark(onKept: kept))"
        } else if !pair.exists {
            try await pair.offerToMake(options.making, hosts: hosts)
            self.origin = "made now in \(file)"
        } else {
            self.origin = "from \(file)"
        }
        let identity = try FileIdentity(IdentityFiles(certificatePath: file, keyPath: options.keyFile))
        self.remarks = Self.remarks(on: identity.current, in: file, options.making)
        self.identity = .files(identity)
    }

    /// A certificate that looks after itself.
    private init(automatic options: CertificateOptions, hosts: [Host]) throws {
        let directory = try options.stateDirectory.map { StateDirectory(path: $0) } ?? StateDirectory.standard()
        let identity = try AutomaticIdentity(
            names: options.making.names(hosts: hosts),
            commonName: options.making.commonName,
            days: options.making.validity,
            directory: directory,
            replacing: options.generates
        )
        let provided = identity.lastProvided
        let place = provided.identity.isUnsaved ? "not saved" : "kept in \(provided.path)"
        self.origin =
            switch provided.action {
            case .loaded:
                place
            case .generated:
                "made now, \(place)\(Self.remark(onKept: provided.previousPath.map { [$0] } ?? []))"
            case .renewed(.expiry):
                "renewed now with the same key, \(place)"
            case .renewed(.names(let added, let dropped)):
                "renewed now with the same key for \(added.joined(separator: ", "))"
                    + (dropped.isEmpty ? "" : " and no longer for \(dropped.joined(separator: ", "))") + ", \(place)"
            }
        self.remarks = Self.remarks(on: provided.identity, in: provided.path, options.making)
        self.identity = .automatic(identity)
    }

    private static func remark(onKept files: [String]) -> String {
        files.isEmpty ? "" : "; what was there is now \(files.joined(separator: " and "))"
    }

    /// What was asked of a certificate that is there already, and cannot be had without making another.
    private static func remarks(on identity: Identity, in file: String, _ making: MakingOptions) -> [String] {
        let flags = making.flags(contradictedBy: identity).joined(separator: ", ")
        guard !flags.isEmpty else { return [] }
        return [
            "The certificate in \(file) is used as it is, without \(flags): those count when one is made, as with --generate-cert, which makes a new key too."
        ]
    }
}
