import CLinux

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A descriptor of ours, closed when the last reference to it goes.
final class Descriptor: Sendable {
    let number: CInt

    init(takingOwnershipOf number: CInt) {
        self.number = number
    }

    deinit {
        _ = close(self.number)
    }

    /// A pipe whose ends no program inherits.
    ///
    /// - Returns: `nil` with `errno` set.
    static func pipe() -> (input: CInt, output: Descriptor)? {
        var ends: [CInt] = [-1, -1]
        guard unsafe clinux_pipe(&ends) == 0 else { return nil }
        return (ends[0], Descriptor(takingOwnershipOf: ends[1]))
    }

    /// The standard input of programs that get none.
    static func nothing() -> Descriptor? {
        let opened = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        return opened >= 0 ? Descriptor(takingOwnershipOf: opened) : nil
    }
}
