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
        for (link, folder) in Self.places(of: path) {
            if Self.holdsOneKind(folder) {
                self.allow(.read, folder, isOptional: true)
            } else {
                self.remark(
                    "The sandbox is closed for what takes the place of \(link), because it would have to be open for all of \(folder): restart the server then."
                )
            }
        }
    }

    /// The folder that the sandbox would have to be open for as a whole so that what takes the place of a file can be read;
    /// `nil` where the sandbox is open for that.
    package static func broadFolder(around path: String) -> String? {
        self.places(of: path).map(\.folder).first { !self.holdsOneKind($0) }
    }

    /// A path and what it leads to by symbolic links, each with the folder that it is in.
    private static func places(of path: String) -> [(link: String, folder: String)] {
        var places: [(link: String, folder: String)] = []
        var next: String? = path
        // A link may point to a link.
        while let link = next, places.count < 8 {
            let folder = RealPath.folder(of: link)
            places.append((link, RealPath.resolve(folder) ?? folder))
            next = RealPath.target(of: link)
        }
        return places
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
