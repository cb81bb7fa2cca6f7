#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The folder that is served, as an absolute path.
///
/// Links in it are left as they are: one that is pointed to another folder while the server runs is followed there.
struct ServedFolder {
    let path: String

    init(_ name: String) {
        let parts = name.split(separator: "/").filter { $0 != "." }
        // What '..' means depends on links.
        guard !parts.contains(".."), !name.isEmpty else {
            self.path = Self.resolved(name) ?? name
            return
        }
        let rest = parts.map { "/\($0)" }.joined()
        if name.hasPrefix("/") {
            self.path = rest.isEmpty ? "/" : rest
        } else {
            self.path = Self.resolved(".").map { ($0 == "/" ? "" : $0) + rest } ?? name
        }
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
