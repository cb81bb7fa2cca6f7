/// Files and folders that are never shown, wherever a folder that is served holds them: keys, configurations, programs.
///
/// ```swift
/// var options = Files.Options()
/// options.withheld = ["/srv/capsule/cgi-bin", "/srv/capsule/key.pem"]
/// ```
///
/// From outside it looks as if they were not there: 51, and no line in a listing. A folder is withheld with all that is
/// beneath it; a file whose name has an extension with what is kept beside it under its name, such as `key.pem.old` or
/// `access.log.1.gz`.
///
/// What counts is where a path leads when all links are followed, so that no link around leads there, and a file that
/// takes the place of another is withheld as that was. Paths are followed anew when a folder that is served is replaced,
/// and every second while it is asked for; where a path led earlier in the life of the process stays withheld, as a key
/// does that was exchanged for another. Second names of a file (hard links) and second mounts of a folder are not found
/// out. Of a folder that is served, and is withheld or lies in what is, nothing is shown.
///
/// Copies share what they know, and so should all folders of a server. Thread-safe.
public struct WithheldPaths: Sendable, ExpressibleByArrayLiteral {
    private let followed: FollowedPaths?

    /// Nothing is withheld.
    public init() {
        self.followed = nil
    }

    /// - Parameter paths: absolute ones; what is not there yet is withheld when it comes.
    public init(_ paths: some Sequence<String>) {
        let paths = Array(paths)
        self.followed = paths.isEmpty ? nil : FollowedPaths(paths)
    }

    public init(arrayLiteral paths: String...) {
        self.init(paths)
    }

    /// What is withheld beneath a folder. Waits for the disk.
    ///
    /// - Parameter isFresh: whether what was known before counts for nothing.
    /// - Returns: `nil` where nothing stands at the folder's path now.
    func places(beneath folder: String, isFresh: Bool) -> WithheldPlaces? {
        guard let followed = self.followed else { return WithheldPlaces() }
        guard let root = RealPath.resolve(Array(folder.utf8)) else { return nil }
        return WithheldPlaces(followed.paths(beneath: root, isFresh: isFresh))
    }
}
