import ArgumentParser
import GeminiProtocol
import GeminiTLS

/// Which certificate is used, or how one is made.
struct CertificateOptions: ParsableArguments {
    @Option(
        name: [.customShort("c"), .customLong("cert"), .customLong("tls-certfile")],
        help: ArgumentHelp(
            "The certificate and its chain, PEM or DER; it may hold the key too. (default: made by itself and kept in the state directory)",
            valueName: "file"
        ),
        completion: .file()
    )
    var certificateFile: String?

    @Option(
        name: [.customShort("k"), .customLong("key"), .customLong("tls-keyfile")],
        help: ArgumentHelp("The private key, PEM or DER. (default: the file of the certificate)", valueName: "file"),
        completion: .file()
    )
    var keyFile: String?

    @Flag(
        name: [.customShort("g"), .customLong("generate-cert")],
        help:
            "Make a new key and certificate now, then serve. What was there is kept beside them, with .old after its name."
    )
    var generates = false

    @OptionGroup
    var making: MakingOptions

    @Option(
        name: .customLong("state-dir"),
        help: ArgumentHelp(
            "Where certificates are kept. (default: $STATE_DIRECTORY, $XDG_STATE_HOME/canaveral, /var/lib/canaveral for root, ~/.local/state/canaveral)",
            valueName: "dir"
        ),
        completion: .directory
    )
    var stateDirectory: String?

    func validate() throws {
        if self.keyFile != nil && self.certificateFile == nil {
            throw ValidationError("--key needs --cert: name the certificate that belongs to the key.")
        }
    }
}

/// What goes into a certificate that is made.
struct MakingOptions: ParsableArguments {
    @Option(
        name: [.customShort("C"), .customLong("cn")],
        help: ArgumentHelp(
            "The common name of a certificate that is made. (default: the first host name)",
            valueName: "name"
        )
    )
    var commonName: String?

    @Option(
        name: [.customShort("s"), .customLong("san")],
        help: ArgumentHelp(
            "Names and addresses that a certificate is made for besides the host names, comma-separated.",
            valueName: "names"
        )
    )
    var alternativeNames: String?

    @Option(
        name: [.customShort("D"), .customLong("days")],
        parsing: .unconditional,
        help: ArgumentHelp("%s", valueName: "number"),
        transform: OptionValue.days.transform
    )
    var days = 3650

    func validate() throws {
        for name in self.listedNames() where (try? Host(name)) == nil {
            throw ValidationError("'\(name)' in --san is neither a host name nor an IP address.")
        }
        if let commonName, commonName.isEmpty || commonName.utf8.count > 64 {
            throw ValidationError("--cn takes a name of 1 to 64 bytes.")
        }
    }

    private func listedNames() -> [String] {
        (self.alternativeNames ?? "").split(separator: ",").map { $0.trimmingSpaces }.filter {
            !$0.isEmpty
        }
    }

    /// The names and addresses for the certificate, in the form in which certificates hold them.
    func names(hosts: [Host]) -> [String] {
        (hosts + self.listedNames().compactMap { try? Host($0) }).map(\.certificateName)
    }

    /// A new key and a self-signed certificate.
    func identity(hosts: [Host]) throws -> Identity {
        try Identity.generate(
            names: self.names(hosts: hosts),
            commonName: self.commonName,
            days: self.days,
            at: .now
        )
    }
}

extension Host {
    /// The host as a certificate names it: A-labels, and addresses without brackets.
    var certificateName: String {
        switch self.kind {
        case .name(let name): name.hasSuffix(".") ? String(name.dropLast()) : name
        case .ipv4(let address): address.description
        case .ipv6(let address): address.description
        }
    }
}

extension Substring {
    /// The text without the spaces around it.
    fileprivate var trimmingSpaces: String {
        String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
