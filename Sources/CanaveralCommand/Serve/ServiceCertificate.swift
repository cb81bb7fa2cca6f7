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

    /// Reads the certificate that flags name, or makes it; whether to make one that is missing is asked at a terminal.
    ///
    /// - Parameter directory: where one is kept that looks after itself; `nil`: where the flags or the system say.
    init(_ options: CertificateOptions, hosts: [Host], directory: String?) async throws {
        var isMade = false
        if let file = options.certificateFile, !options.generates {
            let pair = CertificatePair(certificateFile: file, keyFile: options.keyFile)
            isMade = !pair.exists
            do {
                if isMade { try await pair.offerToMake(options.making, hosts: hosts) }
            } catch let error as IdentityError {
                throw Failure.configuration("\(error)")
            }
        }
        do {
            if let file = options.certificateFile {
                try self.init(file: file, options: options, hosts: hosts, isMade: isMade)
            } else {
                try self.init(automatic: options, hosts: hosts, directory: directory)
            }
        } catch let error as IdentityError {
            throw Failure.configuration("\(error)")
        }
    }

    /// Reads the certificate in a file, or makes it where flags ask for that, and never asks.
    init(file: String, _ options: CertificateOptions, hosts: [Host]) throws {
        do {
            try self.init(file: file, options: options, hosts: hosts, isMade: false)
        } catch let error as IdentityError {
            throw Failure.configuration("\(error)")
        }
    }

    /// A certificate in a file that somebody named.
    ///
    /// - Parameter isMade: whether it was made just now.
    private init(file: String, options: CertificateOptions, hosts: [Host], isMade: Bool) throws {
        let pair = CertificatePair(certificateFile: file, keyFile: options.keyFile)
        if options.generates {
            let kept = try pair.make(options.making, hosts: hosts)
            self.origin = "made now in \(file)\(Self.remark(onKept: kept))"
        } else {
            guard pair.exists else { throw pair.missing }
            self.origin = isMade ? "made now in \(file)" : "from \(file)"
        }
        let identity = try FileIdentity(IdentityFiles(certificatePath: file, keyPath: options.keyFile))
        self.remarks = Self.remarks(on: identity.current, in: file, options.making)
        self.identity = .files(identity)
    }

    /// A certificate that looks after itself.
    private init(automatic options: CertificateOptions, hosts: [Host], directory: String?) throws {
        let path = directory ?? options.stateDirectory
        let directory = try path.map { StateDirectory(path: $0) } ?? StateDirectory.standard()
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
