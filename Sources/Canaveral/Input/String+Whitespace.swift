extension String {
    /// The text without white space at its ends, such as what telephones append to a word.
    var trimmedOfWhitespace: String {
        let start = self.drop(while: \.isWhitespace)
        return String(
            start[..<(start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex)]
        )
    }
}
