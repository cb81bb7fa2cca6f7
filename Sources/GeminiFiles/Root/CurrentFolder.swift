import GeminiServer
import NIOConcurrencyHelpers
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The folder that stands at a path: held open, and opened anew when another has taken its place, as in a deployment that
/// moves a new version there or points a symbolic link to it. Thread-safe.
///
/// While nothing stands at the path, the folder that stood there last goes on: it may have been moved on purpose.
final class CurrentFolder: Sendable {
    /// What became of a folder that was looked after.
    enum Change: Hashable {
        case replaced
        /// There is another, which cannot be opened. Told once.
        case notReplaced(errno: CInt)
    }

    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64

        init(_ status: stat) {
            self.device = UInt64(truncatingIfNeeded: status.st_dev)
            self.inode = UInt64(status.st_ino)
        }
    }

    private struct State {
        var folder: DirectoryDescriptor
        var identity: Identity
        var nextLook: NIODeadline
        /// What cannot be opened, and has been told of.
        var refused: Identity?
    }

    /// The time for which nothing is looked at: a request costs a look at the clock, and one a second a system call.
    private static let interval = TimeAmount.seconds(1)

    let path: String
    private let now: @Sendable () -> NIODeadline
    private let state: NIOLockedValueBox<State>

    init(path: String, now: @escaping @Sendable () -> NIODeadline) throws(FileError) {
        let (folder, identity) = try Self.open(path)
        self.path = path
        self.now = now
        self.state = NIOLockedValueBox(State(folder: folder, identity: identity, nextLook: now() + Self.interval))
    }

    /// The folder as it was found last, or `nil` when it is time to look again.
    func foundLately() -> DirectoryDescriptor? {
        let now = self.now()
        return self.state.withLockedValue { now < $0.nextLook ? $0.folder : nil }
    }

    /// The folder, looked at again if it is time. Waits for the disk then.
    ///
    /// - Parameter report: told what has changed.
    func find(_ report: (Change) -> Void) -> DirectoryDescriptor {
        let now = self.now()
        let (last, isDue) = self.state.withLockedValue { state in
            let isDue = now >= state.nextLook
            if isDue { state.nextLook = now + Self.interval }
            return (state, isDue)
        }
        guard isDue, let identity = Self.identity(at: self.path), identity != last.identity else { return last.folder }
        do throws(FileError) {
            let (folder, identity) = try Self.open(self.path)
            self.state.withLockedValue { state in
                state.folder = folder
                state.identity = identity
                state.refused = nil
            }
            report(.replaced)
            return folder
        } catch {
            self.state.withLockedValue { $0.refused = identity }
            if last.refused != identity { report(.notReplaced(errno: error.errno)) }
            return last.folder
        }
    }

    private static func open(_ path: String) throws(FileError) -> (DirectoryDescriptor, Identity) {
        #if canImport(Darwin)
        let descriptor = unsafe Darwin.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #elseif canImport(Glibc)
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #elseif canImport(Musl)
        let descriptor = unsafe Musl.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        #endif
        guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
        let folder = DirectoryDescriptor(takingOwnershipOf: descriptor)
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(path: path, errno: errno) }
        return (folder, Identity(status))
    }

    /// What stands at the path, if anything does.
    private static func identity(at path: String) -> Identity? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Identity(status) : nil
    }
}
