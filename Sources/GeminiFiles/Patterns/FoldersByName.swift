import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Folders of files, each opened when its name is asked for the first time; those that were asked for lately are kept.
/// Thread-safe.
final class FoldersByName: Sendable {
    /// How many are kept.
    static let capacity = 1024

    private let options: Files.Options
    private let place: @Sendable (String) -> FolderPlace
    private let known: NIOLockedValueBox<RecentlyUsed<String, Files>>
    private let denied = NIOLockedValueBox<Set<String>>([])

    init(
        options: Files.Options,
        capacity: Int = FoldersByName.capacity,
        place: @escaping @Sendable (String) -> FolderPlace
    ) {
        self.options = options
        self.place = place
        self.known = NIOLockedValueBox(RecentlyUsed(capacity: capacity))
    }

    /// The files of a name, if they are at hand.
    func known(_ name: String) -> Files? {
        self.known.withLockedValue { $0.value(for: name) }
    }

    /// The files of a name.
    ///
    /// - Throws: ``NoFolder``.
    func files(of name: String) async throws -> Files {
        if let files = self.known(name) { return files }
        return try await NIOThreadPool.singleton.runIfActive { try self.open(name) }
    }

    private func open(_ name: String) throws(NoFolder) -> Files {
        let root: RootDirectory
        do throws(FileError) {
            root = try RootDirectory(
                at: self.place(name),
                withheld: self.options.withheld,
                logger: self.options.logger
            )
        } catch {
            self.report(error, of: name)
            throw NoFolder(errno: error.errno)
        }
        // Whoever asks has chosen it by its name, and is told what is told of a name without a folder.
        guard (try? root.found.withheld) != .everything else { throw NoFolder(errno: ENOENT) }
        let files = Files(root: root, options: self.options)
        self.known.withLockedValue { $0.insert(files, for: name) }
        return files
    }

    /// Tells once of a folder that is there and cannot be served. That there is none says nothing: anybody may ask for
    /// any.
    private func report(_ error: FileError, of name: String) {
        guard error.errno != ENOENT, error.errno != ENOTDIR else { return }
        let isNew = self.denied.withLockedValue { $0.count < Self.capacity && $0.insert(name).inserted }
        guard isNew else { return }
        let reason =
            error.errno == EXDEV
            ? "\(error.path): It is a link that leads out of the folder of \(name), where it is not followed."
            : "\(error)"
        self.options.logger.warning("A folder cannot be served, which is answered with 51: \(reason)")
    }
}

/// There is no folder that could be served.
struct NoFolder: ResponseError {
    var errno: CInt

    var response: Response {
        .failure(reading: self.errno)
    }
}
