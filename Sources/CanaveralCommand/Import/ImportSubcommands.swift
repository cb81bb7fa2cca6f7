import ArgumentParser
import CanaveralConfiguration

/// `canaveral import jetforce`
struct ImportJetforce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jetforce",
        abstract:
            "From jetforce's command line, as in 'canaveral import jetforce -- --hostname example.org --dir /srv/gemini'."
    )

    @OptionGroup var origin: ImportOrigin

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What jetforce is started with.", valueName: "jetforce-argument")
    )
    var arguments: [String] = []

    func run() async throws {
        if self.arguments == ["--help"] || self.arguments == ["-h"] { throw CleanExit.helpRequest(self) }
        try self.origin.write(from: "jetforce") { site throws(ImportError) in
            try JetforceImport.configuration(self.arguments, at: site)
        }
    }
}

/// `canaveral import agate`
struct ImportAgate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agate",
        abstract:
            "From agate's command line, as in 'canaveral import agate -- --hostname example.org --content /srv/gemini'.",
        discussion: """
            agate's folders are looked into: its certificates are kept, so that visitors' clients see no change, and the \
            folders that it lists are listed.
            """
    )

    @OptionGroup var origin: ImportOrigin

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What agate is started with.", valueName: "agate-argument")
    )
    var arguments: [String] = []

    func run() async throws {
        if self.arguments == ["--help"] || self.arguments == ["-h"] { throw CleanExit.helpRequest(self) }
        try self.origin.write(from: "agate") { site throws(ImportError) in
            try AgateImport.configuration(self.arguments, at: site)
        }
    }
}

/// `canaveral import gmid`
struct ImportGmid: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gmid",
        abstract: "From gmid's configuration file."
    )

    @OptionGroup var origin: ImportOrigin

    @Argument(
        help: ArgumentHelp("The file, such as /etc/gmid.conf, or - for standard input.", valueName: "file"),
        completion: .file()
    )
    var file: String

    func run() async throws {
        try self.origin.write(from: "gmid", file: self.file) { file, site throws(ImportError) in
            try GmidImport.configuration(ofFile: file, at: site)
        }
    }
}

/// `canaveral import molly-brown`
struct ImportMollyBrown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "molly-brown",
        abstract: "From molly-brown's configuration file."
    )

    @OptionGroup var origin: ImportOrigin

    @Argument(
        help: ArgumentHelp("The file, such as /etc/molly.conf, or - for standard input.", valueName: "file"),
        completion: .file()
    )
    var file: String

    func run() async throws {
        try self.origin.write(from: "molly-brown", file: self.file) { file, site throws(ImportError) in
            try MollyBrownImport.configuration(ofFile: file, at: site)
        }
    }
}
