import GeminiProtocol

/// What the name of a gemlog entry says: `2026-01-02-first-light.gmi`.
struct GemlogName {
    /// The day that it begins with.
    let date: Timestamp?
    /// The rest of it, without the extension, with a space for each dash and underscore.
    let title: String

    init(_ name: [UInt8]) {
        self.date = Timestamp(date: name)
        let stem = name.lastIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name[...]
        let rest = self.date == nil ? stem : stem.dropFirst(10)
        self.title = String(decoding: rest, as: UTF8.self)
            .split { $0 == "-" || $0 == "_" || $0.isWhitespace }
            .joined(separator: " ")
    }
}
