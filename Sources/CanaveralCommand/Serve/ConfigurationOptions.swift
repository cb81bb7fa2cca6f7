import ArgumentParser

/// Which file says what is served.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "A file that says what is served, as canaveral.toml(5) has it. (default: canaveral.toml in the current folder or in /etc/canaveral, where nothing else says what is served)",
            valueName: "file"
        ),
        completion: .file(extensions: ["toml"])
    )
    var file: String?
}
