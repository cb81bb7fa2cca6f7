#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An open folder, closed when the last reference to it goes.
package final class DirectoryDescriptor: Sendable {
    package let descriptor: CInt

    package init(takingOwnershipOf descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        _ = close(self.descriptor)
    }
}
