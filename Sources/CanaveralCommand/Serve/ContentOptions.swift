import ArgumentParser
import CanaveralConfiguration
import GeminiFiles
import GeminiProtocol

/// What is served, and how it is labelled.
struct ContentOptions: ParsableArguments {
    @Option(
        name: [.customShort("d"), .customLong("dir")],
        help: ArgumentHelp("The folder to serve, the same as the argument.", valueName: "dir"),
        completion: .directory
    )
    var directory: String?

    @Option(
        help: ArgumentHelp(
            "A file that stands for its folder. Repeat it: the first that exists is shown. (default: index.gmi, index.gemini)",
            valueName: "name"
        )
    )
    var indexFile: [String] = []

    @Option(
        name: .customLong("default-lang"),
        help: ArgumentHelp(
            "Label gemtext with a language: one or more BCP 47 tags, comma-separated.",
            valueName: "tags"
        )
    )
    var language: String?

    @Option(
        help: ArgumentHelp(
            "Label text of every kind with a character set. Without it, text is UTF-8.",
            valueName: "name"
        )
    )
    var charset: String?

    @Flag(name: .customLong("no-listing"), help: "Answer 51 for a folder without an index file, instead of listing it.")
    var hidesListings = false

    @Option(
        name: .customLong("mime"),
        help: ArgumentHelp(
            "Serve files with an extension as a media type, as in --mime gmni=text/gemini. Repeat it.",
            valueName: "ext=type"
        ),
        transform: MediaTypeOverride.init(argument:)
    )
    var mediaTypes: [MediaTypeOverride] = []

    func validate() throws {
        for name in self.indexFile where !FileName.isVisible(name) {
            throw ValidationError("'\(name)' cannot be an index file: name a file without a folder or a leading dot.")
        }
        if let language, !LanguageTags.isList(language) {
            throw ValidationError(
                "'\(language)' in --default-lang is no language tag, such as en or de-AT, nor several with commas between."
            )
        }
        if let charset, charset.isEmpty || !charset.utf8.allSatisfy(LanguageTags.isTagByte) {
            throw ValidationError("'\(charset)' in --charset is no character set, such as utf-8.")
        }
        do {
            _ = try MediaTypeTable(overrides: [:], charset: self.charset, language: self.language)
        } catch {
            throw ValidationError("--charset or --default-lang cannot be sent in a response header: \(error)")
        }
    }

    /// What is shown and how, as these flags change it.
    func apply(to content: inout ContentSettings) {
        if !self.indexFile.isEmpty { content.index = self.indexFile }
        if self.hidesListings { content.listing = false }
        if let language { content.language = language }
        if let charset { content.charset = charset }
        guard !self.mediaTypes.isEmpty else { return }
        let types = self.mediaTypes.map { ($0.fileExtension, $0.mediaType) }
        content.mediaTypes = (content.mediaTypes ?? [:]).merging(types) { $1 }
    }
}

/// `EXT=TYPE` on the command line.
struct MediaTypeOverride: Sendable {
    var fileExtension: String
    var mediaType: MediaType

    init(argument: String) throws {
        guard let equals = argument.firstIndex(of: "=") else {
            throw ValidationError("it takes an extension, =, and a media type, as in gmni=text/gemini.")
        }
        var name = argument[..<equals].lowercased()
        if name.hasPrefix(".") { name.removeFirst() }
        guard !name.isEmpty, !name.contains("/"), !name.contains(".") else {
            throw ValidationError("'\(argument[..<equals])' is no file extension, such as gmni.")
        }
        self.fileExtension = name
        do {
            self.mediaType = try MediaType(String(argument[argument.index(after: equals)...]))
        } catch {
            throw ValidationError("'\(argument[argument.index(after: equals)...])' is no media type: \(error)")
        }
    }
}
