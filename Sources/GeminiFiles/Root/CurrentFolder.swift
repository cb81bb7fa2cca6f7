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
/// While nothing stands at the path, the folder that stood there last goes on, where the place says so: it may have
/// been moved on purpose.
///
/// Where many folders are served, those that nobody asks for may have to do without their descriptors.
final class CurrentFolder: Sendable {
    /// What became of a folder that was looked after.
    enum Change: Hashable {
        case replaced
        /// There is another, which cannot be opened. Told once.
        case notReplaced(errno: CInt)
    }

    /// The folder as it was found.
    struct Found {
        var folder: DirectoryDescriptor
        /// What of it is not shown.
        var withheld: WithheldPlaces
    }

    private struct State {
        /// `nil` while there is no descriptor for it.
        var folder: DirectoryDescriptor?
        var withheld: WithheldPlaces
        var identity: FolderIdentity
        var nextLook: NIODeadline
        /// Whether it was asked for since somebody wanted its descriptor.
        var wasUsed = true
        /// What cannot be opened, and has been told of.
        var refused: FolderIdentity?
    }

    /// The time for which nothing is looked at: a request costs a look at the clock, and one a second a system call.
    private static let interval = TimeAmount.seconds(1)

    let place: FolderPlace
    private let withheld: WithheldPaths
    private let openFolders: OpenFolders
    private let now: @Sendable () -> NIODeadline
    private let state: NIOLockedValueBox<State>

    init(
        place: FolderPlace,
        withheld: WithheldPaths = WithheldPaths(),
        openFolders: OpenFolders = .shared,
        now: @escaping @Sendable () -> NIODeadline
    ) throws(FileError) {
        let (folder, identity) = try place.open()
        guard let places = withheld.places(beneath: place.path, isFresh: false) else {
            throw FileError(path: place.path, errno: ENOENT)
        }
        self.place = place
        self.withheld = withheld
        self.openFolders = openFolders
        self.now = now
        self.state = NIOLockedValueBox(
            State(
                folder: folder,
                withheld: places,
                identity: identity,
                nextLook: now() + Self.interval
            )
        )
        openFolders.add(self)
    }

    /// Whether there is a descriptor for it.
    var isOpen: Bool {
        self.state.withLockedValue { $0.folder != nil }
    }

    /// The folder as it was found last, or `nil` when it is time to look again.
    func foundLately() -> Found? {
        let now = self.now()
        return self.state.withLockedValue { state in
            guard now < state.nextLook, let folder = state.folder else { return nil }
            state.wasUsed = true
            return Found(folder: folder, withheld: state.withheld)
        }
    }

    /// The folder, looked at again if it is time. Waits for the disk then.
    ///
    /// - Parameter report: told what has changed.
    /// - Throws: `FileError` if there is none any more.
    func find(_ report: (Change) -> Void) throws(FileError) -> Found {
        let now = self.now()
        let (last, isDue) = self.state.withLockedValue { state in
            let isDue = now >= state.nextLook
            if isDue { state.nextLook = now + Self.interval }
            state.wasUsed = true
            return (state, isDue)
        }
        guard let folder = last.folder else { return try self.open(insteadOf: last.identity, report) }
        guard isDue else { return Found(folder: folder, withheld: last.withheld) }
        guard let identity = self.place.identity() else {
            if self.place.outlivesItsName { return Found(folder: folder, withheld: last.withheld) }
            self.state.withLockedValue { $0.folder = nil }
            throw FileError(path: self.place.path, errno: ENOENT)
        }
        guard identity != last.identity else {
            let withheld = self.withheld.places(beneath: self.place.path, isFresh: false) ?? last.withheld
            self.state.withLockedValue { if $0.folder === folder { $0.withheld = withheld } }
            return Found(folder: folder, withheld: withheld)
        }
        do throws(FileError) {
            return try self.open(insteadOf: last.identity, report)
        } catch {
            self.state.withLockedValue { $0.refused = identity }
            if last.refused != identity { report(.notReplaced(errno: error.errno)) }
            return Found(folder: folder, withheld: last.withheld)
        }
    }

    private func open(
        insteadOf last: FolderIdentity,
        _ report: (Change) -> Void
    ) throws(FileError) -> Found {
        let (folder, identity) = try self.place.open()
        let withheld = self.withheld.places(beneath: self.place.path, isFresh: identity != last)
        let (wasClosed, found) = self.state.withLockedValue { state in
            let wasClosed = state.folder == nil
            state.folder = folder
            state.identity = identity
            state.refused = nil
            if let withheld { state.withheld = withheld }
            return (wasClosed, Found(folder: folder, withheld: state.withheld))
        }
        if wasClosed { self.openFolders.add(self) }
        if identity != last { report(.replaced) }
        return found
    }

    /// Does without the descriptor, which is closed when nobody is at it any more, and opened again when it is needed.
    ///
    /// - Parameter always: even if the folder was asked for since this was wanted the last time.
    /// - Returns: whether the descriptor was let go.
    func letGo(always: Bool) -> Bool {
        self.state.withLockedValue { state in
            guard always || !state.wasUsed else {
                state.wasUsed = false
                return false
            }
            state.folder = nil
            return true
        }
    }
}
