extension TestPage: CustomStringConvertible {
    /// Characters of a body that are shown of a page.
    private static let shownLength = 400

    /// Status, text, address and the beginning of the body: what a failed test shows.
    public var description: String {
        let end = self.isTruncated ? ", truncated" : ""
        let heading = "\(self.header) (\(self.url)\(end))"
        guard !self.bytes.isEmpty else { return heading }
        guard let text = String(validating: self.bytes, as: UTF8.self) else {
            return "\(heading)\n\(self.bytes.count) bytes"
        }
        let rest = text.dropFirst(Self.shownLength)
        return "\(heading)\n\(text.prefix(Self.shownLength))\(rest.isEmpty ? "" : "…")"
    }
}
