extension TOMLTable {
    /// How many tables and lists may lie in one another, the values in the innermost of them counted.
    package static let deepest = 100

    /// Reads a document of TOML 1.0.0, in a time that grows with its length alone.
    ///
    /// ```swift
    /// let table = try TOMLTable(parsing: "[[host]]\nname = \"example.org\"\n")
    /// table["host"]?.line  // 1
    /// ```
    ///
    /// - Parameter bytes: the whole of it; a byte order mark may stand in front.
    /// - Throws: ``TOMLError`` with the first place that is none.
    package init(parsing bytes: [UInt8]) throws(TOMLError) {
        var reader = try DocumentReader(bytes)
        self = try reader.read()
    }

    package init(parsing text: String) throws(TOMLError) {
        try self.init(parsing: Array(text.utf8))
    }
}
