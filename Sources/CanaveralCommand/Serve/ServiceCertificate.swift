import GeminiProtocol
import GeminiServer
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The certificate that a service shows, and how it came by it.
struct ServiceCertificate {
    var identity: ServerIdentity
    /// What was done for it, as in "made now".
    var origin: String

    init(_ options: CertificateOptions, hosts: [Host]) throws {
        do {
            if let file = options.certificateFile {
                try self.init(file: file, options: options, hosts: hosts)
            } else {
                try self.init(automatic: options, hosts: hosts)
            }
        } catch let error as IdentityError {
            throw Failure.configuration("\(error)")
        }
    }

    /// A certificate in a file that somebody named.
    private init(file: String, options: CertificateOptions, hosts: [Host]) throws {
        let pair = CertificatePair(certificateFile: file, keyFile: options.keyFile)
        if options.generates {
            try pair.make(options.making, hosts: hosts)
            self.origin = "made now in \(Terminal.harmless(file))"
        } else if !pair.exists {
            try pair.offerToMake(options.making, hosts: hosts)
            self.origin = "made now in \(Terminal.harmless(file))"
        } else {
            self.origin = "from \(Terminal.harmless(file))"
        }
        self.identity = .fixed(try Identity.load(from: file, keyPath: options.keyFile, at: .now))
    }

    /// A certificate that looks after itself.
    private init(automatic options: CertificateOptions, hosts: [Host]) throws {
        let directory = try options.stateDirectory.map { StateDirectory(path: $0) } ?? StateDirectory.standard()
        let identity = try AutomaticIdentity(
            names: options.making.names(hosts: hosts),
            commonName: options.making.commonName,
            days: options.making.days,
            directory: directory,
            replacing: options.generates
        )
        let provided = identity.lastProvided
        self.origin =
            switch provided.action {
            case .loaded: "kept in \(provided.path)"
            case .generated: "made now, kept in \(provided.path)"
            case .renewed(.expiry): "renewed now with the same key, kept in \(provided.path)"
            case .renewed(.names(let names)):
                "renewed now with the same key for \(names.joined(separator: ", ")), kept in \(provided.path)"
            }
        self.identity = .automatic(identity)
    }
}
