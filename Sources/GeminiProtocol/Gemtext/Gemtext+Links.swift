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
        self.link(to: Link.Target(encoding: target), label)
    }

    /// Appends a link to a target in which text is encoded already.
    ///
    /// ```swift
    /// page.link(to: "/profile/\(visitor.name)", visitor.name)
    /// ```
    public mutating func link(to target: Link.Target, _ label: (some StringProtocol)? = String?.none) {
        self.appendMarkup("=> ")
        self.bytes += target.bytes
        self.appendLabel(label)
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
}
