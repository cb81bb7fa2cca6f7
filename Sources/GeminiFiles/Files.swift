import GeminiProtocol
public import GeminiServer
public import Logging
import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Serves the files of a folder.
///
/// ```swift
/// let files = try Files(in: "capsule")
/// ```
///
/// - A folder shows its index file, else a listing, else it is not found. Without a slash at its end, its URL is
///   redirected to the one with (GP-142), and the query goes along (GP-133).
/// - Names that begin with a dot do not exist, as far as anybody outside can tell.
/// - Nothing outside the folder is served, whatever the path, and symbolic links are followed within it only. Of what is
///   neither file nor folder, such as a FIFO, nothing is served either.
///
/// Files that the system has in memory are answered from the event loop, without waiting for anything; the rest by a
/// pool of threads. What changes on disk changes in the answer at once: nothing is cached here.
public struct Files: Responder {
    private let root: RootDirectory
    private let indexNames: [String]
    private let listsFolders: Bool
    private let media: MediaTypeTable
    private let listings = ListingQueue()
    private let denials: AccessDenials

    /// What can be chosen about a folder of files.
    public struct Options: Sendable {
        /// The files that stand for their folder; the first that exists is shown.
        public var indexNames = ["index.gmi", "index.gemini"]

        /// Whether a folder without an index file shows what is in it.
        public var listsFolders = true

        /// Media types by file name, and the parameters that go with them.
        public var mediaTypes = MediaTypeTable()

        /// Told once of each thing in the folder that may not be read, and when another folder takes its place.
        public var logger = Logger(label: "canaveral.files") { _ in SwiftLogNoOpLogHandler() }

        public init() {}
    }

    /// - Parameters:
    ///   - directory: the folder, opened now and kept open: it may be moved while it is served. When another takes its
    ///     place, or the link that it is leads to another, that one is served, within a second.
    ///   - options: index files, listings, media types, the log.
    /// - Throws: `FileError` if it cannot be opened.
    public init(in directory: String, options: Options = Options()) throws(FileError) {
        self.init(root: try RootDirectory(path: directory, logger: options.logger), options: options)
    }

    package init(root: RootDirectory, options: Options) {
        self.root = root
        self.indexNames = options.indexNames
        self.listsFolders = options.listsFolders
        self.media = options.mediaTypes
        self.denials = AccessDenials(logger: options.logger)
    }

    /// A folder is only read; to answer an upload as if it were a request to read would look like success.
    private static let refusedUpload = Response.failure(.proxyRequestRefused, "Nothing can be uploaded here.")

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

    /// What can be said of a path without listing a folder.
    private enum Answer {
        case response(Response)
        /// A folder without an index.
        case listing
        /// Only a thread that may wait for a disk can tell.
        case wouldWait
    }

    private func answer(at path: RelativePath, url: GeminiURL, waits: Bool) -> Answer {
        guard !path.namesDirectory else { return self.folder(at: path, waits: waits) }
        switch self.root.entry(at: path, waits: waits) {
        case .file(let file):
            return .response(self.response(with: file, name: path.name))
        case .directory:
            return .response(Self.redirectToFolder(url))
        case .other:
            return .response(.notFound)
        case .wouldWait:
            return .wouldWait
        case .failed(let error):
            return .response(self.failure(error, at: path))
        }
    }

    private func folder(at path: RelativePath, waits: Bool) -> Answer {
        for name in self.indexNames {
            let index = path.appending(Array(name.utf8))
            switch self.root.entry(at: index, waits: waits) {
            case .file(let file):
                return .response(self.response(with: file, name: name.utf8))
            case .directory, .other, .failed(ENOENT), .failed(ENOTDIR):
                continue
            case .wouldWait:
                return .wouldWait
            case .failed(let error):
                return .response(self.failure(error, at: index))
            }
        }
        return self.listsFolders ? .listing : .response(.notFound)
    }

    /// Reads a folder, which waits for the disk whatever is in memory.
    private func listing(of path: RelativePath) -> Response {
        switch self.root.entry(at: path, waits: true) {
        case .directory(let folder):
            do throws(FileError) {
                let listing = try Listing(of: path, open: folder, beneath: self.root)
                return Response(self.media.gemtextHeader, body: .bytes(ByteBuffer(string: listing.page)))
            } catch {
                return self.failure(error.errno, at: path)
            }
        case .failed(let error):
            return self.failure(error, at: path)
        case .file, .other, .wouldWait:
            return .notFound
        }
    }

    private func response(with file: OpenFile, name: some BidirectionalCollection<UInt8>) -> Response {
        Response(self.media.header(forName: name), body: .file(file))
    }

    private static func redirectToFolder(_ url: GeminiURL) -> Response {
        guard let folder = try? url.replacing(path: url.path + "/"),
            let target = try? URIReference(folder.absolutePathReference)
        else { return .notFound }
        return .redirect(to: target, permanent: true)
    }

    /// Whatever keeps a file from being read is not found, so that nobody learns what is there; unless it is our own
    /// lack of something.
    private func failure(_ error: CInt, at path: RelativePath) -> Response {
        if error == EACCES { self.denials.report(path, beneath: self.root) }
        return switch error {
        case EMFILE, ENFILE, ENOMEM: .failure(.serverUnavailable)
        case EIO, EAGAIN: .failure(.temporaryFailure)
        default: .notFound
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
