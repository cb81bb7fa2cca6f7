import ArgumentParser

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

    /// The flags among these, as far as they were given, that say which certificate is shown.
    var given: [String] {
        var flags: [String] = []
        if self.certificateFile != nil { flags.append("--cert") }
        if self.keyFile != nil { flags.append("--key") }
        if self.generates { flags.append("--generate-cert") }
        if self.making.commonName != nil { flags.append("--cn") }
        if self.making.alternativeNames != nil { flags.append("--san") }
        if self.making.days != nil { flags.append("--days") }
        return flags
    }

    func validate() throws {
        if self.keyFile != nil && self.certificateFile == nil {
            throw ValidationError("--key needs --cert: name the certificate that belongs to the key.")
        }
    }
}
