/// The paths of folders that differ in a name: `/home/{user}/public_gemini`.
struct FolderPattern: Sendable, Hashable {
    private let pieces: [String]
    private let placeholder: String

    /// - Parameter placeholder: what stands for the name, with its braces.
    init(_ text: String, placeholder: String) throws(FolderPatternError) {
        self.placeholder = placeholder
        self.pieces = text.split(separator: placeholder, omittingEmptySubsequences: false).map(String.init)
        guard self.pieces.count > 1 else {
            throw FolderPatternError(pattern: text, placeholder: placeholder, reason: .noPlaceholder)
        }
        guard !self.pieces.contains(where: { $0.contains { $0 == "{" || $0 == "}" } }) else {
            throw FolderPatternError(pattern: text, placeholder: placeholder, reason: .otherBraces)
        }
    }

    func path(for name: String) -> String {
        self.pieces.joined(separator: name)
    }

    /// The folder that all folders of the pattern lie in, whatever the name.
    var enclosingFolder: String {
        let piece = self.pieces[0]
        guard let slash = piece.lastIndex(of: "/") else { return "." }
        return slash == piece.startIndex ? "/" : String(piece[..<slash])
    }

    /// The path as far as its first part with the name, and what is beneath that.
    func home(of name: String) -> (path: String, way: String) {
        let path = self.path(for: name)
        let start = path.index(path.startIndex, offsetBy: self.pieces[0].count)
        guard let end = path[start...].firstIndex(of: "/") else { return (path, "") }
        return (String(path[..<end]), String(path[path.index(after: end)...]))
    }
}
