import GeminiProtocol

/// Finds out what the author of a dead link may have meant.
struct Explanation {
    private let paths: Set<String>
    /// Paths by what is left of them when case does not count.
    private let byFoldedPath: [String: GeminiURL]

    init(_ contents: FolderContents) {
        let urls = contents.folders + contents.files
        self.paths = Set(urls.map(\.path))
        self.byFoldedPath = Dictionary(urls.map { (Self.folded($0), $0) }) { first, _ in first }
    }

    /// What is to be said of a link whose target is not there.
    func remark(on url: GeminiURL, of link: PageLink, from base: GeminiURL) -> Remark {
        if url.segments.contains(where: { (try? $0.decodedBytes())?.first == UInt8(ascii: ".") }) {
            return Remark(.hiddenTarget, "Names that begin with a dot are not served.")
        }
        if let meant = self.cutName(of: link, from: base) {
            return Remark(.spaceInURL, "A space ends the address before its time: write \(meant).")
        }
        if url.path.hasSuffix("/"), self.paths.contains(url.path) {
            return Remark(.deadLink, "The folder has no index file, and is not listed.")
        }
        if url.path.hasSuffix("/"), self.paths.contains(String(url.path.dropLast())) {
            return Remark(.deadLink, "This is a file: leave out the slash at the end.")
        }
        if let other = self.byFoldedPath[Self.folded(url)], other.path != url.path {
            return Remark(.wrongCase, "There is \(other.path), which has other letters.")
        }
        return Remark(.deadLink, "There is no such file or folder.")
    }

    /// The file that a link of another scheme names when its first part is not taken for one, as in `notes:1.gmi`.
    func schemeLikeName(_ link: PageLink, from base: GeminiURL) -> Remark? {
        guard let url = try? base.resolving(PercentEncoding.relativeReference(toName: link.target)),
            self.paths.contains(url.path)
        else { return nil }
        return Remark(.schemeLikeName, "What stands before the colon is taken for a scheme: write ./\(link.target).")
    }

    /// The reference to a file whose name has spaces, of which the first ended the address.
    private func cutName(of link: PageLink, from base: GeminiURL) -> String? {
        var name = link.target
        for word in (link.label ?? "").split(whereSeparator: { $0 == " " || $0 == "\t" }).prefix(16) {
            name += " " + word
            guard let reference = try? URIReference(lenient: name),
                let url = try? base.resolving(reference), self.paths.contains(url.path)
            else { continue }
            return reference.description
        }
        return nil
    }

    private static func folded(_ url: GeminiURL) -> String {
        let path = (try? PercentEncoding.decode(url.path)) ?? url.path
        return (path.hasSuffix("/") ? String(path.dropLast()) : path).lowercased()
    }
}
