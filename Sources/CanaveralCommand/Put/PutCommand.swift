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
            The exit code is 0 when the server has taken the upload, and else as that of canaveral get. With --edit, the \
            text that could not be uploaded is kept in a file, whose name is printed.
            """
    )

    @Argument(help: ArgumentHelp("The file, - for standard input; and where it goes to.", valueName: "file> <url"))
    var operands: [String]

    @Flag(help: "Open the page in $VISUAL or $EDITOR, and upload what was changed.")
    var edit = false

    @Flag(help: "Delete the page.")
    var delete = false

    @Option(help: ArgumentHelp("The media type (default: by the file's name, text/gemini for a text without one).", valueName: "type"))
    var mime: String?

    @Option(help: ArgumentHelp("The server's upload token (default: $CANAVERAL_TOKEN, which no other user sees).", valueName: "text"))
    var token: String?

    @OptionGroup var connection: ClientOptions

    func validate() throws {
        let count = self.edit || self.delete ? 1 : 2
        guard self.operands.count == count, !(self.edit && self.delete) else {
            throw ValidationError(
                count == 2
                    ? "Name a file and the URL it goes to: canaveral put notes.gmi titan://example.org/notes.gmi."
                    : "Name one URL: canaveral put \(self.edit ? "--edit" : "--delete") titan://example.org/notes.gmi."
            )
        }
        if let mime, (try? MediaType(mime)) == nil {
            throw ValidationError("“\(Terminal.harmless(mime))” is no media type: one such as text/gemini is meant.")
        }
    }

    func run() async throws {
        try await Interruption.cancelling {
            try await Failure.reporting {
                if self.edit {
                    try await self.editPage()
                } else if self.delete {
                    try await self.deletePage()
                } else {
                    try await self.upload()
                }
            }
        }
    }

    private var secret: String? {
        self.token ?? Environment["CANAVERAL_TOKEN"]
    }

    private func upload() async throws {
        let content: UploadContent
        do throws(UploadError) {
            content = self.operands[0] == "-" ? .bytes(try Terminal.input()) : try await .file(self.operands[0])
        } catch {
            throw Failure.work("\(error)")
        }
        try await self.send(content, to: try ClientOptions.url(self.operands[1], scheme: "titan"), type: self.mediaType())
    }

    /// What the file is, by what was said or by its name.
    private func mediaType() -> MediaType {
        if let mime, let type = try? MediaType(mime) { return type }
        return MediaTypeTable.builtIn.type(ofFileNamed: self.operands[0]) ?? .gemtext
    }

    private func send(_ content: UploadContent, to url: GeminiURL, type: MediaType) async throws {
        var progress = TransferProgress(name: url.description, total: content.size)
        let client = try self.connection.client()
        let token = self.secret
        _ = progress
        progress.end()
        try await Publication(client: client, options: self.connection).perform(at: url) { client throws(ClientError) in
            try await client.upload(content, to: url, mediaType: type, token: token)
        }
    }

    private func deletePage() async throws {
        let url = try ClientOptions.url(self.operands[0], scheme: "titan")
        let token = self.secret
        try await Publication(client: try self.connection.client(), options: self.connection).perform(at: url) {
            client throws(ClientError) in try await client.delete(url, token: token)
        }
    }
}
