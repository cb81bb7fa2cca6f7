package import GeminiFiles
package import GeminiProtocol
import TOML

/// What files are shown, and how. A host takes what it does not set from the server, and a location from its host.
package struct ContentSettings: Hashable, Sendable {
    package var root: String?
    package var index: [String]?
    package var listing: Bool?
    package var listingOrder: ListingOrder?
    package var listingTitles: Bool?
    package var listingHeader: String?
    package var listingFooter: String?
    package var language: String?
    package var charset: String?
    package var mediaTypes: [String: MediaType]?
    package var metaFiles: Bool?

    package init() {}

    /// These settings, with what is not set taken from others.
    package func inheriting(from others: ContentSettings) -> ContentSettings {
        var settings = self
        settings.root = self.root ?? others.root
        settings.index = self.index ?? others.index
        settings.listing = self.listing ?? others.listing
        settings.listingOrder = self.listingOrder ?? others.listingOrder
        settings.listingTitles = self.listingTitles ?? others.listingTitles
        settings.listingHeader = self.listingHeader ?? others.listingHeader
        settings.listingFooter = self.listingFooter ?? others.listingFooter
        settings.language = self.language ?? others.language
        settings.charset = self.charset ?? others.charset
        settings.metaFiles = self.metaFiles ?? others.metaFiles
        if let outer = others.mediaTypes {
            settings.mediaTypes = outer.merging(self.mediaTypes ?? [:]) { $1 }
        }
        return settings
    }
}

extension ContentSettings {
    enum Keys {
        static let root = Setting(
            "root",
            .path,
            """
            The folder that is shown. "{host}" in it stands for the host name that the visitor asked for, so that an alias has a \
            folder of its own, or a symbolic link. In a location, the folder is shown at the location's path; with 'exact' and \
            'regex', whole paths are looked for in it.
            """,
            example: "\"/srv/gemini/{host}\""
        )
        static let index = Setting(
            "index",
            .list(of: .fileName),
            "Files that stand for their folder; the first that exists is shown.",
            standard: "[\"index.gmi\", \"index.gemini\"]",
            example: "[\"index.gmi\", \"README.gmi\"]"
        )
        static let listing = Setting(
            "listing",
            .flag,
            "Whether a folder without an index file shows what is in it.",
            standard: "true",
            example: "false"
        )
        static let listingOrder = Setting(
            "listing-order",
            .listingOrder,
            "How listings are sorted: \"name\", \"time\" or \"size\"; with a minus before it the other way, as \"-time\" for the newest first.",
            standard: "\"name\"",
            example: "\"-time\""
        )
        static let listingTitles = Setting(
            "listing-titles",
            .flag,
            "Whether listings name gemtext pages by their first heading.",
            standard: "false",
            example: "true"
        )
        static let listingHeader = Setting(
            "listing-header",
            .optionalFileName,
            "A file that is shown above the listing of the folder that it is in, in place of the heading; an empty text for none.",
            standard: "\".header.gmi\"",
            example: "\"HEADER.gmi\""
        )
        static let listingFooter = Setting(
            "listing-footer",
            .optionalFileName,
            "The same, below the listing.",
            standard: "\".footer.gmi\"",
            example: "\"FOOTER.gmi\""
        )
        static let language = Setting(
            "language",
            .language,
            "The language of gemtext: one or more BCP 47 tags.",
            example: "\"en\""
        )
        static let charset = Setting(
            "charset",
            .charset,
            "The character set of text of every kind. Without it, text is UTF-8.",
            example: "\"iso-8859-1\""
        )
        static let mediaTypes = Setting(
            "media-types",
            .dictionary(of: .mediaType, "a table of extensions and media types such as { gmni = \"text/gemini\" }"),
            "Media types by extension, besides the usual ones.",
            example: "{ gmni = \"text/gemini\" }"
        )
        static let metaFiles = Setting(
            "meta-files",
            .flag,
            """
            Whether a file .meta in a folder says how its files are sent, as agate reads it: "PATTERN: ;lang=de", \
            "PATTERN: text/plain", or a whole header as "PATTERN: 52 Gone".
            """,
            standard: "false",
            example: "true"
        )
    }

    /// The keys, for each table that has them.
    static var settings: [SettingDescription] {
        [
            Keys.root.description, Keys.index.description, Keys.listing.description, Keys.listingOrder.description,
            Keys.listingTitles.description, Keys.listingHeader.description, Keys.listingFooter.description,
            Keys.language.description, Keys.charset.description, Keys.mediaTypes.description,
            Keys.metaFiles.description,
        ].map { $0.of(.content) }
    }

    init(_ table: TableReader) {
        self.root = table[Keys.root]
        self.index = table[Keys.index]
        self.listing = table[Keys.listing]
        self.listingOrder = table[Keys.listingOrder]
        self.listingTitles = table[Keys.listingTitles]
        self.listingHeader = table[Keys.listingHeader]
        self.listingFooter = table[Keys.listingFooter]
        self.language = table[Keys.language]
        self.charset = table[Keys.charset]
        self.mediaTypes = table[Keys.mediaTypes].map { types in
            types.reduce(into: [:]) { result, entry in
                let name = entry.key.lowercased()
                result[name.hasPrefix(".") ? String(name.dropFirst()) : name] = entry.value
            }
        }
        self.metaFiles = table[Keys.metaFiles]
    }
}

extension ValueForm where Value == ListingOrder {
    static var listingOrder: ValueForm {
        ValueForm("\"name\", \"time\" or \"size\", with a minus before it for the other way round") { node in
            if case .string(let text) = node { ListingOrder(text) } else { nil }
        }
    }
}

extension ValueForm where Value == String {
    /// The name of a file in its folder, which may be hidden, or nothing.
    static var optionalFileName: ValueForm {
        ValueForm("the name of a file, without a folder") { node in
            guard case .string(let text) = node, !text.contains("/"), text != ".", text != ".." else { return nil }
            return text
        }
    }
}
