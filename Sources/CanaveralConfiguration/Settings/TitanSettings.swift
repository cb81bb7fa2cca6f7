package import GeminiProtocol
import TOML

/// What `titan` of a location says: files that visitors may upload.
package struct TitanSettings: Hashable, Sendable {
    /// `nil`: the location's root.
    package var directory: String?
    package var size: Int?
    package var mediaTypes: [String] = []
    package var token: String?
    package var requiresCertificate = false
    package var allowed: Set<Fingerprint>?
    package var allowsDeletion = false
    package var createsFolders = false
    package var versions = 10
    package var totalSize: Int?
    package var fileCount: Int?
    /// For problems: where its settings stand in the file.
    package var lines = SettingLines()

    package init() {}
}

extension TitanSettings {
    enum Keys {
        static let directory = Setting(
            "directory",
            .path,
            "The folder that is shown and uploaded to, where it is not the location's root.",
            example: "\"/srv/gemini/notes\""
        )
        static let size = Setting("size", .size, "Bytes of one upload.", standard: "\"10 MiB\"", example: "\"64 KiB\"")
        static let mediaTypes = Setting(
            "media-types",
            .list(of: .mediaRange),
            "The media types that are taken, such as \"text/gemini\", or \"text/*\" for all of a kind; none for all.",
            standard: "[]",
            example: "[\"text/*\"]"
        )
        static let token = Setting("token", .text, "A secret that uploads need.", example: "\"swordfish\"")
        static let requireCertificate = Setting(
            "require-certificate",
            .flag,
            "Whether uploads need a certificate.",
            standard: "false",
            example: "true"
        )
        static let allowed = Setting(
            "allow-certificates",
            .nonEmptyList(
                of: .fingerprint,
                "name who may upload, or set 'require-certificate' in its place for everybody who shows a certificate"
            ),
            "Fingerprints of the certificates, or of their keys, that may upload; it requires one by itself.",
            example: "[\"SHA256:86341FB4D0C79FE2D5DBC8F9E67FB0BE0B4E0A2F83EBEB8F5B4F1A2C3D4E5F60\"]"
        )
        static let delete = Setting(
            "delete",
            .flag,
            "Whether an upload without a byte deletes the file.",
            standard: "false",
            example: "true"
        )
        static let createFolders = Setting(
            "create-folders",
            .flag,
            """
            Whether an upload makes the folders that its path leads through, 16 within each other at most. A deletion then \
            removes those in which it leaves nothing.
            """,
            standard: "false",
            example: "true"
        )
        static let versions = Setting(
            "versions",
            .count(from: 0),
            "How many earlier versions of each file are kept.",
            standard: "10",
            example: "100"
        )
        static let totalSize = Setting(
            "total-size",
            .size,
            "The most bytes that the files may have together, earlier versions and uploads under way included.",
            example: "\"1 GiB\""
        )
        static let files = Setting("files", .count(), "The most files and folders.", example: "1000")
    }

    static let schema = TableSchema(
        "host.location.titan",
        """
        Files that visitors may upload by Titan, into the folder that the location shows. Without a token and a \
        certificate, anybody may.
        """,
        [
            Keys.directory.description, Keys.size.description, Keys.mediaTypes.description, Keys.token.description,
            Keys.requireCertificate.description, Keys.allowed.description, Keys.delete.description,
            Keys.createFolders.description, Keys.versions.description, Keys.totalSize.description,
            Keys.files.description,
        ]
    )

    static let form = ValueForm<TitanSettings>.table(Self.schema) { TitanSettings($0) }

    init(_ table: TableReader) {
        self.lines = table.lines
        self.directory = table[Keys.directory]
        self.size = table[Keys.size]
        self.mediaTypes = table[Keys.mediaTypes] ?? []
        // One that is wrong, which is told already, is one all the same.
        self.token = table[Keys.token] ?? (table.has(Keys.token) ? "" : nil)
        self.allowed = table[Keys.allowed].map(Set.init)
        self.requiresCertificate = (table[Keys.requireCertificate] ?? false) || table.has(Keys.allowed)
        self.allowsDeletion = table[Keys.delete] ?? false
        self.createsFolders = table[Keys.createFolders] ?? false
        self.versions = table[Keys.versions] ?? 10
        self.totalSize = table[Keys.totalSize]
        self.fileCount = table[Keys.files]
    }
}

extension ValueForm where Value == String {
    /// A media type, or all of a kind.
    static var mediaRange: ValueForm {
        ValueForm("a media type such as \"text/gemini\", or \"text/*\"") { node in
            guard case .string(let text) = node else { return nil }
            let type = text.hasSuffix("/*") ? text.dropLast() + "x" : text[...]
            return (try? MediaType(type)) == nil ? nil : text
        }
    }
}
