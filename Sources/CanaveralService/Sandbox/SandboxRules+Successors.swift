#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension SandboxRules {
    /// Lets what takes the place of a file or folder be read: a deployment moves another there or points a link to it, and
    /// a certificate is renewed so.
    mutating func allowSuccessors(of path: String) {
        // A link may point to a link.
        var link = path
        for _ in 0..<8 {
            self.allowNeighbours(of: link)
            guard let target = RealPath.target(of: link) else { return }
            link = target
        }
    }

    private mutating func allowNeighbours(of path: String) {
        let folder = RealPath.resolve(RealPath.folder(of: path)) ?? RealPath.folder(of: path)
        guard Self.holdsOneKind(folder) else {
            self.remark(
                "The sandbox is closed for what takes the place of \(path), because it would have to be open for all of \(folder): restart the server then."
            )
            return
        }
        self.allow(.read, folder)
    }

    /// Whether a folder is one of somebody's making, which holds what belongs together. Those at the top of the file system
    /// do not, but for the one that is for what servers serve, and nor do homes.
    static func holdsOneKind(
        _ folder: String,
        home: String? = getenv("HOME").map { String(cString: $0) }
    ) -> Bool {
        let names = folder.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }
        if names.isEmpty || names.count == 1 && names != ["srv"] { return false }
        if names.count == 2, ["home", "Users"].contains(names[0]) { return false }
        return folder != home.flatMap { RealPath.resolve($0) }
    }
}
