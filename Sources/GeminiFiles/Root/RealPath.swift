#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Paths without symbolic links. Waits for the disk.
enum RealPath {
    /// The path of what is there, or `nil` with `errno` set.
    static func resolve(_ path: [UInt8]) -> [UInt8]? {
        guard let resolved = unsafe path.withCString({ unsafe realpath($0, nil) }) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map { UInt8(bitPattern: $0) }
    }

    /// The path of what is there, or will be: as much of it without links as there is.
    static func place(of path: [UInt8]) -> [UInt8] {
        var missing: [[UInt8]] = []
        var known = path
        while true {
            if let resolved = self.resolve(known) {
                guard !missing.isEmpty else { return resolved }
                let base = resolved == [UInt8(ascii: "/")] ? [] : resolved
                return missing.reversed().reduce(base) { $0 + [UInt8(ascii: "/")] + $1 }
            }
            while known.last == UInt8(ascii: "/") { known.removeLast() }
            guard let slash = known.lastIndex(of: UInt8(ascii: "/")) else { return path }
            missing.append(Array(known[(slash + 1)...]))
            known = slash == 0 ? [UInt8(ascii: "/")] : Array(known[..<slash])
        }
    }
}
