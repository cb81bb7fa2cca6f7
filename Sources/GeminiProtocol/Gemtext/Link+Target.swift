extension Link {
    /// Where a link of a gemtext page leads, in ASCII: an absolute or a relative URI reference, never empty.
    ///
    /// A target that is written as a literal takes values as one segment of a path, or one component of a query, whatever is
    /// in them: a slash, a question mark or a colon in a name is a part of the name.
    ///
    /// ```swift
    /// Link(to: "/users/\(name)/edit", "Edit")        // name "a/b?": /users/a%2Fb%3F/edit
    /// Link(to: Link.Target(url), "Elsewhere")
    /// ```
    ///
    /// No name leads up or out of its place: a segment that a value makes empty, `.` or `..`, which no escape can say
    /// (RFC 3986 §6.2.2.3), gets a zero-width space (U+200B), so that it leads to nothing.
    public struct Target: Sendable, Hashable {
        let bytes: [UInt8]

        /// Takes a URL.
        public init(_ url: GeminiURL) {
            self.init(url.reference)
        }

        /// Takes a reference; an empty one, which a link line cannot hold, becomes `#`, which means the same: this document.
        public init(_ reference: URIReference) {
            self.init(bytes: Array(reference.description.utf8))
        }

        /// Takes a text as a reference.
        ///
        /// What may not stand in one is percent-encoded, so that neither a space nor a line break ends it early (GT-25);
        /// escapes that are there stay as they are.
        public init(encoding text: some StringProtocol) {
            self.init(bytes: Self.encode(Array(text.utf8)))
        }

        init(bytes: [UInt8]) {
            self.bytes = bytes.isEmpty ? [URIByte.numberSign] : bytes
        }

        /// A URI reference, with an escape for each byte that may not stand at its place (RFC 3986 §2).
        static func encode(_ target: [UInt8]) -> [UInt8] {
            if target.allSatisfy({ URICharacterSet.query.contains($0) }) { return target }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(target.count)
            let authority = target.authority
            let fragment = target.firstIndex(of: URIByte.numberSign)
            for (index, byte) in target.enumerated() {
                let isLegal =
                    switch byte {
                    case URIByte.numberSign: index == fragment
                    // Brackets belong around an IPv6 address, and nowhere else.
                    case URIByte.leftBracket, URIByte.rightBracket: authority.contains(index)
                    case URIByte.percent: URIComponent.escapedByte(target.span, at: index, before: target.count) != nil
                    default: URICharacterSet.query.contains(byte)
                    }
                if isLegal {
                    bytes.append(byte)
                } else {
                    bytes.appendPercentEscape(byte)
                }
            }
            return bytes
        }
    }
}

extension Link.Target: CustomStringConvertible {
    /// The target as it stands in the document.
    public var description: String {
        String(decoding: self.bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Where the authority of a URI reference stands: behind `//`, which is at the start or behind the scheme.
    fileprivate var authority: Range<Int> {
        guard let slash = self.firstIndex(where: \.endsAuthority), self[slash...].starts(with: "//".utf8),
            slash == 0 || self[slash - 1] == URIByte.colon
        else { return 0..<0 }
        let start = slash + 2
        return start..<(self[start...].firstIndex(where: \.endsAuthority) ?? self.endIndex)
    }
}

extension UInt8 {
    /// Whether the byte cannot stand in an authority, and ends it.
    fileprivate var endsAuthority: Bool {
        self == URIByte.slash || self == URIByte.questionMark || self == URIByte.numberSign
    }
}
