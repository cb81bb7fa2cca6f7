import GeminiProtocol
public import GeminiServer
import NIOPosix

/// Serves the files of a folder.
///
/// ```swift
/// let files = try Files(in: "capsule")
/// ```
///
/// - A folder shows its index file, else a listing, else it is not found. Without a slash at its end, its URL is
///   redirected to the one with (GP-142), and the query goes along (GP-133).
/// - Names that begin with a dot do not exist, as far as anybody outside can tell, and nor does what
///   ``Options/withheld`` names.
/// - Nothing outside the folder is served, whatever the path, and symbolic links are followed within it only. Of what is
///   neither file nor folder, such as a FIFO, nothing is served either.
///
/// Files that the system has in memory are answered from the event loop, without waiting for anything; the rest by a
/// pool of threads. What changes on disk changes in the answer at once: nothing of it is cached here.
///
/// Many folders may be served: of those that are seldom asked for the descriptor is closed for a while when there are
/// many, and a copy of ``Options`` costs next to nothing.
public struct Files: Responder {
    let root: RootDirectory
    let indexNames: [[UInt8]]
    let listsFolders: Bool
    let listing: ListingOptions
    let media: MediaTypeTable
    let metaFiles: MetaFiles?
    let denials: AccessDenials
    private let listings = ListingQueue()

    /// - Parameters:
    ///   - directory: the folder, opened now and kept open: it may be moved while it is served. When another takes its
    ///     place, or the link that it is leads to another, that one is served, within a second.
    ///   - options: index files, listings, media types, the log.
    /// - Throws: `FileError` if it cannot be opened.
    public init(in directory: String, options: Options = Options()) throws(FileError) {
        let root = try RootDirectory(path: directory, withheld: options.withheld, logger: options.logger)
        self.init(root: root, options: options)
    }

    package init(root: RootDirectory, options: Options) {
        self.root = root
        self.indexNames = options.indexNames.map { Array($0.utf8) }
        self.listsFolders = options.listsFolders
        self.listing = options.listing
        self.media = options.mediaTypes
        self.denials = AccessDenials(logger: options.logger)
        self.metaFiles = options.readsMetaFiles ? MetaFiles(logger: options.logger, denials: self.denials) : nil
    }

    /// A folder is only read; to answer an upload as if it were a request to read would look like success.
    static let refusedUpload = Response.failure(.proxyRequestRefused, "Nothing can be uploaded here.")

    public func respondAtOnce(to request: Request) -> Response? {
        guard request.upload == nil else { return Self.refusedUpload }
        guard let path = RelativePath(request.localPath) else { return .notFound }
        guard case .response(let response) = self.answer(at: path, url: request.url, waits: false) else { return nil }
        return response
    }

    public func respond(to request: Request) async throws -> Response {
        guard request.upload == nil else { return Self.refusedUpload }
        guard let path = RelativePath(request.localPath) else { return .notFound }
        let answer = try await NIOThreadPool.singleton.runIfActive {
            self.answer(at: path, url: request.url, waits: true)
        }
        switch answer {
        case .response(let response): return response
        case .listing: return try await self.listings.response(at: path) { self.listing(of: path) }
        case .wouldWait: return .failure(.temporaryFailure)
        }
    }
}

extension Responder where Self == Files {
    /// Serves the files of a folder, as in `responder: try .files(in: "capsule")`.
    ///
    /// - Throws: `FileError` if the folder cannot be opened.
    public static func files(in directory: String, options: Files.Options = Files.Options()) throws(FileError) -> Files
    {
        try Files(in: directory, options: options)
    }
}
