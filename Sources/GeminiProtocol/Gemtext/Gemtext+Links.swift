extension Gemtext {
    /// Appends a link.
    ///
    /// - Parameters:
    ///   - target: an absolute or relative URI. What may not stand in one is percent-encoded, so that neither a space nor
    ///     a line break ends it early (GT-25); escapes that are there stay as they are. An empty one, which a link line
    ///     cannot hold, becomes `#`, which means the same: this document.
    ///   - label: what the link is called; a line break in it becomes a space. Without one, or with nothing but spaces,
    ///     clients show the target.
    public mutating func link(_ target: some StringProtocol, _ label: (some StringProtocol)? = String?.none) {
        self.bytes += "=> ".utf8
        self.appendReference(target.isEmpty ? [URIByte.numberSign] : Array(target.utf8))
        let label = label.map { String($0).singleLine.trimmed } ?? ""
        self.appendLine(label.isEmpty ? "" : " ", GemtextText(label))
    }

    /// Appends a link to a file or a folder beside the document, by its name.
    ///
    /// Unlike in ``link(_:_:)``, `#`, `?`, `%` and `/` are part of the name here, and a name with a colon is not taken
    /// for one with a scheme (GT-25, GT-26).
    ///
    /// - Parameters:
    ///   - name: the name of the file.
    ///   - label: what the link is called; the name, if nothing else.
    public mutating func link(file name: some StringProtocol, _ label: (some StringProtocol)? = String?.none) {
        let name = String(name)
        self.link(PercentEncoding.relativeReference(toName: name), label.map { String($0) } ?? name)
    }

    /// Appends a URI reference, with an escape for each byte that may not stand at its place (RFC 3986 §2).
    private mutating func appendReference(_ target: [UInt8]) {
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
                self.bytes.append(byte)
            } else {
                self.bytes.appendPercentEscape(byte)
            }
        }
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
