public import GeminiFiles
import GeminiProtocol
public import GeminiServer
public import Logging
import NIOPosix

/// Serves the files of a folder as `Files` does, and stores what visitors upload to them by Titan.
///
/// ```swift
/// let notes = try FileUploads(in: "notes", accepting: .text(token: "secret"))
/// routes.mount("/notes", notes, uploads: true)
/// ```
///
/// It can also be all of a host: `CapsuleHost("example.org", acceptsUploads: true, responder: notes)`.
///
/// ## What is taken
///
/// - An upload to the path of a file writes it, be it there already or not; one to the path of a folder, `/notes/`, writes
///   the page that is shown there, its index file. The answer leads to the page over Gemini (TI-18).
/// - A file has the media type of its name, whatever a client calls its text: what is typed in a client arrives as
///   `text/plain` also for gemtext (TI-26). An upload whose type its name does not have, such as a picture for `a.gmi`, is
///   refused, and so is text that is not UTF-8 (TI-17). The rules are for the type that the file will have.
/// - `;edit` answers with the file as it is (TI-31). It asks for the certificate if uploads need one (TI-34).
/// - An upload without a byte deletes, where ``Options/allowsDeletion`` says so (TI-19).
/// - What is asked for is looked at in this order, before a byte of the body is read (TI-12): certificate, token, size,
///   the path, the media type, and whether there is room.
///
/// ## What is safe
///
/// - A file is replaced as a whole: a crash at any moment, also of the machine, leaves the old one or the new one. What a
///   crash leaves of an unfinished upload is removed when the folder is opened the next time.
/// - What an upload replaces or deletes is kept, as ``Options/keepsVersions`` says, in a folder `.versions` beside it. Of
///   several uploads to one file at once each is whole, the last one stays, and the others become versions.
/// - Nothing is written outside of the folder, whatever the path. A symbolic link is followed within it on the way to a
///   file; one in the place of the file is not replaced. Names that begin with a dot are nobody's.
///
/// Several processes may use one folder at a time. It must be one file system, in which files can be renamed.
public struct FileUploads: Responder {
    let files: Files
    let folder: UploadFolder
    let rules: UploadRules
    let options: Options
    private let throttle = LineThrottle<StoringFailure>()

    /// What can be chosen about a folder that takes uploads.
    public struct Options: Sendable {
        /// How many earlier versions of each file are kept; the oldest goes first.
        public var keepsVersions = 10

        /// Whether an upload makes the folders that its path leads through, up to 16 within each other. A deletion then
        /// removes the folders in which it leaves nothing, not even earlier versions.
        public var createsFolders = false

        /// Whether an upload without a byte deletes the file. Some clients send one by mistake (TI-19): keep versions.
        public var allowsDeletion = false

        /// The most bytes that the files may have together, earlier versions and uploads under way included, the latter with
        /// the size that they announced; `nil` for no limit. With either limit, each upload looks at every file of the folder.
        public var maximumTotalSize: Int?

        /// The most files and folders; `nil` for no limit. Earlier versions are not included, unless nothing but they is left
        /// of a file: then they count as it did.
        public var maximumFileCount: Int?

        /// Index files, listings and media types.
        public var files = Files.Options()

        /// Told why something could not be stored, of which visitors learn only that it was not.
        public var logger = Logger(label: "canaveral.uploads")

        public init() {}
    }

    /// - Parameters:
    ///   - directory: the folder, opened now and kept open.
    ///   - rules: who may upload what.
    ///   - options: versions, folders, deletion, limits, what is served.
    /// - Throws: `FileError` if the folder cannot be opened.
    public init(
        in directory: String,
        accepting rules: UploadRules,
        options: Options = Options()
    ) throws(FileError) {
        try self.init(in: directory, accepting: rules, options: options, hindrance: { _ in nil })
    }

    /// - Parameter hindrance: asked before each step of storing; tests let steps fail.
    init(
        in directory: String,
        accepting rules: UploadRules,
        options: Options = Options(),
        hindrance: @escaping UploadFolder.Hindrance
    ) throws(FileError) {
        let root = try RootDirectory(
            path: directory,
            withheld: options.files.withheld,
            logger: options.files.logger
        )
        self.files = Files(root: root, options: options.files)
        self.folder = UploadFolder(root: root, options: options, hindrance: hindrance)
        self.rules = rules
        self.options = options
        self.folder.sweep()
    }

    public func respondAtOnce(to request: Request) -> Response? {
        request.line.titan == nil ? self.files.respondAtOnce(to: request) : nil
    }

    public func respond(to request: Request) async throws -> Response {
        switch request.line.titan {
        case nil: return try await self.files.respond(to: request)
        case .edit: return try await self.edit(request)
        case .upload:
            guard let upload = request.upload else { return .failure(.badRequest) }
            do {
                return try await upload.parameters.size == 0
                    ? self.delete(request) : self.store(upload, request)
            } catch let failure as StoringFailure {
                self.tell(failure, of: request)
                throw failure
            }
        }
    }

    /// Tells the log of a failure that is not the visitor's: visitors decide how many there are, and not how many lines.
    private func tell(_ failure: StoringFailure, of request: Request) {
        guard !failure.isOfName else { return }
        var kind = failure
        kind.path = nil
        guard let count = self.throttle.count(kind) else { return }
        self.options.logger.error(
            count == 1
                ? "The upload to \(request.path) was not stored. \(failure)"
                : "\(count) uploads were not stored since the last such line, the most recent to \(request.path). \(failure)"
        )
    }
}
