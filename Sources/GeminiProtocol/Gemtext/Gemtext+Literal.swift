extension Gemtext: ExpressibleByStringInterpolation {
    /// Takes a literal as it is written: its author's markup is markup.
    public init(stringLiteral value: String) {
        var template = GemtextTemplate()
        template.append(markup: value)
        self = template.finished()
    }

    /// Takes a literal with values in it, none of which can become markup.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.template.finished()
    }

    /// What a literal with values in it is put together from.
    ///
    /// The type of each line is decided by what the author wrote in it, and no value changes it, begins a line or ends a
    /// preformatted block (GT-73). In the target of a link a value is one segment or component, as in ``Link/Target``.
    ///
    /// ```swift
    /// let page: Gemtext = """
    ///     # \(topic)
    ///     > \(lines: message)
    ///     => /users/\(name)/ More of \(name)
    ///     \(footer)
    ///     """
    /// ```
    public struct StringInterpolation: StringInterpolationProtocol {
        var template: GemtextTemplate

        public init(literalCapacity: Int, interpolationCount: Int) {
            self.template = GemtextTemplate(capacity: literalCapacity + 16 * interpolationCount)
        }

        /// Takes a part of the literal, which is markup.
        public mutating func appendLiteral(_ literal: String) {
            self.template.append(markup: literal)
        }

        /// Takes a text, a number or whatever describes itself. A line break in it becomes a space.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            self.template.append(.text(value.description))
        }

        /// Takes a document: its lines where it stands alone on a line that is in no preformatted block, elsewhere its
        /// text.
        public mutating func appendInterpolation(_ document: Gemtext) {
            self.template.append(.document(document))
        }

        /// Takes a URL, as it is in the target of a link.
        public mutating func appendInterpolation(_ url: GeminiURL) {
            self.template.append(.reference(url.description))
        }

        /// Takes a reference, as it is in the target of a link.
        public mutating func appendInterpolation(_ reference: URIReference) {
            self.template.append(.reference(reference.description))
        }

        /// Takes a target of a link.
        public mutating func appendInterpolation(_ target: Link.Target) {
            self.template.append(.reference(target.description))
        }

        /// Takes a text as a reference, which gets escapes where it needs them in the target of a link.
        public mutating func appendInterpolation(link text: some StringProtocol) {
            self.template.append(.reference(Link.Target(encoding: text).description))
        }

        /// Takes a text of several lines.
        ///
        /// Behind nothing but `>` or `* ` and whitespace, with nothing else on its line, each line of the text gets the
        /// same beginning; alone on a line, it makes text lines, or lines of the preformatted block. Elsewhere a line
        /// break in it becomes a space.
        public mutating func appendInterpolation(lines text: some StringProtocol) {
            self.template.append(.lines(String(text)))
        }
    }
}
