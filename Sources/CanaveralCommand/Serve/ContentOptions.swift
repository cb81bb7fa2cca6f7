import ArgumentParser
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

    /// By its bytes: a dot or a slash with a combining mark is another character, and the same byte in a path.
    private static func isFileName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.first != UInt8(ascii: ".") && !name.utf8.contains(UInt8(ascii: "/"))
    }

    func validate() throws {
        for name in self.indexFile where !Self.isFileName(name) {
            throw ValidationError("'\(name)' cannot be an index file: name a file without a folder or a leading dot.")
        }
        if let language, !Self.isLanguageList(language) {
            throw ValidationError(
                "'\(language)' in --default-lang is no language tag, such as en or de-AT, nor several with commas between."
            )
        }
        if let charset, charset.isEmpty || !charset.utf8.allSatisfy(Self.isTagByte) {
            throw ValidationError("'\(charset)' in --charset is no character set, such as utf-8.")
        }
        _ = try self.options()
    }

    /// BCP 47 as far as its form goes: parts of one to eight letters and digits.
    private static func isLanguageList(_ text: String) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { tag in
            tag.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { Self.isTagByte($0) && $0 != UInt8(ascii: "_") }
            }
        }
    }

    private static func isTagByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }

    /// The options of the responder that serves the files.
    func options() throws -> Files.Options {
        var options = Files.Options()
        if !self.indexFile.isEmpty { options.indexNames = self.indexFile }
        options.listsFolders = !self.hidesListings
        let overrides = self.mediaTypes.map { ($0.fileExtension, $0.mediaType) }
        do {
            options.mediaTypes = try MediaTypeTable(
                overrides: Dictionary(overrides) { _, last in last },
                charset: self.charset,
                language: self.language
            )
        } catch {
            throw ValidationError("--charset or --default-lang cannot be sent in a response header: \(error)")
        }
        return options
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
