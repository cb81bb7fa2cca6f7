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

    func validate() throws {
        if self.keyFile != nil && self.certificateFile == nil {
            throw ValidationError("--key needs --cert: name the certificate that belongs to the key.")
        }
    }
}
