import GeminiFiles
import NIOConcurrencyHelpers
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What has come of an upload so far: a file of which nobody knows, and which goes when it is let go of before it got its
/// name. Its lock tells other processes that somebody is at work on it. Thread-safe.
final class IncomingFile: Sendable {
    /// The folder of unfinished uploads.
    let folder: DirectoryDescriptor
    let name: [UInt8]
    let descriptor: CInt
    private let hasName = NIOLockedValueBox(false)

    init(takingOwnershipOf descriptor: CInt, name: [UInt8], in folder: DirectoryDescriptor) {
        self.descriptor = descriptor
        self.name = name
        self.folder = folder
    }

    /// It is elsewhere now, and stays.
    func wasNamed() {
        self.hasName.withLockedValue { $0 = true }
    }

    deinit {
        let (descriptor, name, folder) = (self.descriptor, self.name, self.folder)
        let isToStay = self.hasName.withLockedValue { $0 }
        NIOThreadPool.singleton.submit { _ in
            if !isToStay { _ = unsafe name.withCString { unsafe unlinkat(folder.descriptor, $0, 0) } }
            _ = close(descriptor)
        }
    }
}
