import ArgumentParser
import GeminiClient
import GeminiFiles
import GeminiProtocol

/// `canaveral put`
struct PutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Upload a file by Titan, edit a page, or delete one.",
        usage: """
            canaveral put <file> <url> [<options>]
            canaveral put --edit <url> [<options>]
            canaveral put --delete <url> [<options>]
            """,
        discussion: """
            The exit code is 0 when the server has taken the upload, and else as that of canaveral get. With --edit, a \
            text that could not be uploaded is kept in a file, whose name is printed.
            """
    )

    @Argument(
        help: ArgumentHelp("The file, or - for standard input, and where it goes to.", valueName: "file> <url")
    )
    var operands: [String]

    @Flag(help: "Open the page in $VISUAL or $EDITOR, and upload what was changed.")
    var edit = false

    @Flag(help: "Delete the page.")
    var delete = false

    @Option(
        help: ArgumentHelp(
            "The media type (default: by the file's name; with --edit, that of the page).",
            valueName: "type"
        )
    )
    var mime: String?

    @Option(
        help: ArgumentHelp(
            "The server's upload token (default: $CANAVERAL_TOKEN, which other users cannot see).",
            valueName: "text"
        )
    )
    var token: String?

    @OptionGroup var connection: ClientOptions

    func validate() throws {
        guard !(self.edit && self.delete) else { throw ValidationError("Choose one of --edit and --delete.") }
        let isAlone = self.edit || self.delete
        guard self.operands.count == (isAlone ? 1 : 2) else {
            throw ValidationError(
                isAlone
                    ? "Name one URL, such as titan://example.org/notes.gmi."
                    : "Name a file and the URL that it goes to, such as notes.gmi titan://example.org/notes.gmi."
            )
        }
        if let mime, (try? MediaType(mime)) == nil {
            throw ValidationError("“\(Terminal.harmless(mime))” is no media type; one such as text/gemini is meant.")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            try await Interruption.ending {
                if self.edit {
                    try await self.editPage()
                } else if self.delete {
                    try await self.deletePage()
                } else {
                    try await self.uploadFile()
                }
            }
        }
    }

    // MARK: What is done

    private func uploadFile() async throws {
        let url = try self.destination(self.operands[1])
        try await self.upload(try await self.content(), to: url, type: self.mediaType(of: self.operands[0]))
    }

    private func content() async throws(Failure) -> UploadContent {
        guard self.operands[0] != "-" else { return .bytes(try Terminal.input()) }
        do throws(UploadContentError) {
            return try await .file(self.operands[0])
        } catch {
            throw .work("\(error)")
        }
    }

    private func deletePage() async throws {
        let url = try self.destination(self.operands[0])
        let client = try await self.connection.client(for: url)
        try await self.perform(at: url, with: client) { url throws(ClientError) in
            try await client.delete(url, token: self.secret)
        }
    }

    private func editPage() async throws {
        guard Terminal.isInteractive else { throw Failure.work("--edit needs a terminal, for the editor.") }
        let url = try self.destination(self.operands[0])
        let client = try await self.connection.client(for: url)
        let visit = Visit(client: client, options: self.connection)
        let page: Page
        switch try await visit.ending(at: url, of: { url throws(ClientError) in try await client.fetchForEditing(url) })
        {
        case .content(let content): page = content
        case .redirect(let decision): throw Failure.answer(.redirect, "\(decision)")
        }
        guard page.mediaType.isText || self.mime != nil else {
            throw Failure.work("\(url) is \(page.mediaType.essence), which is no text to edit.")
        }

        let editor = try PageEditor(page.body, name: url.fileName ?? "index.gmi")
        let edited = try await editor.edit()
        guard edited != page.body else {
            editor.remove()
            Terminal.notice("Nothing was changed, and nothing uploaded.")
            return
        }
        do {
            try await self.upload(
                .bytes(edited),
                to: url,
                type: self.mime.flatMap { try? MediaType($0) } ?? page.mediaType
            )
        } catch {
            Terminal.notice("Your text is in \(editor.path).")
            throw error
        }
        editor.remove()
    }

    // MARK: How

    /// Where something is uploaded to, edited or deleted.
    private func destination(_ text: String) throws(Failure) -> GeminiURL {
        let url = try ClientOptions.url(text)
        guard ["gemini", "titan"].contains(url.scheme) else {
            throw .usage(
                "Nothing can be uploaded to \(url.scheme): addresses; use one that begins with titan:// or gemini://."
            )
        }
        return url
    }

    private func upload(_ content: UploadContent, to url: GeminiURL, type: MediaType) async throws {
        guard content.size > 0 else {
            throw Failure.work("There is nothing to upload; to delete the page, use --delete.")
        }
        let client = try await self.connection.client(for: url)
        let progress = SharedProgress(TransferProgress(name: url.description, total: content.size))
        let observed = content.observed(by: progress.add)
        defer { progress.end() }
        try await self.perform(at: url, with: client) { url throws(ClientError) in
            try await client.upload(observed, to: url, mediaType: type, token: self.secret)
        }
    }

    private func perform(
        at url: GeminiURL,
        with client: GeminiClient,
        _ request: (GeminiURL) async throws(ClientError) -> Outcome<Page>
    ) async throws {
        switch try await Visit(client: client, options: self.connection).ending(at: url, of: request) {
        case .content(let page):
            if let text = try? page.text {
                var lines = TextLines()
                for line in lines.add(text.utf8) + lines.finish() {
                    Terminal.result(Terminal.readable(String(decoding: line, as: UTF8.self)))
                }
            }
        case .redirect(let decision) where decision.reason == .afterUpload:
            Terminal.result("\(decision.target)")
        case .redirect(let decision):
            throw Failure.answer(.redirect, "\(decision)")
        }
    }

    private var secret: String? {
        self.token ?? Environment["CANAVERAL_TOKEN"]
    }

    /// What a file is, by what was said or by its name; text/gemini for one whose name says nothing.
    private func mediaType(of file: String) -> MediaType {
        if let mime, let type = try? MediaType(mime) { return type }
        let type = MediaTypeTable().mediaType(ofFile: file)
        return type == .octetStream && !file.contains(".") ? .gemtext : type
    }
}

extension GeminiURL {
    /// The last segment of the path, as the name of a file.
    fileprivate var fileName: String? {
        let name = Array(self.segments).last.flatMap { try? $0.decoded() } ?? ""
        return name.isEmpty || name.contains("/") || name.hasPrefix(".") ? nil : name
    }
}
