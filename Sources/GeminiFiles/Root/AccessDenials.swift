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

/// Tells the log of what is there and may not be read. From outside it looks as if it were not there, and so it should;
/// the operator is to know better. Thread-safe.
///
/// Each obstacle is told of once, and requests can have so many paths looked at and no more.
final class AccessDenials: Sendable {
    private static let mostPaths = 1024

    private struct State {
        /// Paths that were asked for, by their hash.
        var asked: Set<Int> = []
        var told: Set<[UInt8]> = []
    }

    private let logger: Logger
    private let state = NIOLockedValueBox(State())

    init(logger: Logger) {
        self.logger = logger
    }

    /// Looks, on a thread that may wait, for what is in the way to a path that could not be opened.
    func report(_ path: RelativePath, beneath root: RootDirectory) {
        let isNew = self.state.withLockedValue { state in
            state.asked.count < Self.mostPaths && state.asked.insert(path.hashValue).inserted
        }
        guard isNew else { return }
        NIOThreadPool.singleton.submit { _ in
            guard let obstacle = root.obstacle(to: path),
                self.state.withLockedValue({ $0.told.insert(obstacle.path).inserted })
            else { return }
            var name: [UInt8] = []
            name.appendEscaped(obstacle.path.span)
            let text = String(decoding: name, as: UTF8.self)
            self.logger.warning(
                obstacle.isFolder
                    ? "\(text) exists, but this user cannot read what is in it, which is answered with 51: 'chmod a+rx' lets it."
                    : "\(text) exists, but this user cannot read it, and it is answered with 51: 'chmod a+r' lets it."
            )
        }
    }
}

extension RootDirectory {
    /// What keeps this process from reading what stands at a path: a folder on the way, or what stands there.
    fileprivate func obstacle(to path: RelativePath) -> (path: [UInt8], isFolder: Bool)? {
        guard let folder = try? self.folder else { return nil }
        let steps = path.steps
        for step in steps {
            var status = stat()
            guard unsafe step.withCString({ unsafe fstatat(folder.descriptor, $0, &status, 0) }) == 0 else {
                return nil
            }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            let needed = !isFolder ? R_OK : step == steps.last ? R_OK | X_OK : X_OK
            let access = unsafe step.withCString { unsafe faccessat(folder.descriptor, $0, needed, AT_EACCESS) }
            if access != 0, errno == EACCES {
                let rest = step.isRoot ? [] : [UInt8(ascii: "/")] + step.bytes
                return (Array(self.path.utf8) + rest, isFolder)
            }
        }
        return nil
    }
}
