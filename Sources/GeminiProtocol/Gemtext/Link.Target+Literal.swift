extension Link.Target: ExpressibleByStringInterpolation {
    /// Takes a literal, encoded as in ``init(encoding:)``.
    public init(stringLiteral value: String) {
        self.init(encoding: value)
    }

    /// Takes a literal with values in it.
    public init(stringInterpolation: StringInterpolation) {
        self.init(bytes: stringInterpolation.target.finished())
    }

    /// What a literal with values in it is put together from.
    public struct StringInterpolation: StringInterpolationProtocol {
        var target = GemtextTarget()

        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Takes a part of the literal.
        public mutating func appendLiteral(_ literal: String) {
            self.target.append(reference: Link.Target.encode(Array(literal.utf8)))
        }

        /// Takes a value as one segment or component.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            self.target.append(component: value.description)
        }

        /// Takes a URL as it is.
        public mutating func appendInterpolation(_ url: GeminiURL) {
            self.target.append(reference: Array(url.description.utf8))
        }

        /// Takes a reference as it is.
        public mutating func appendInterpolation(_ reference: URIReference) {
            self.target.append(reference: Array(reference.description.utf8))
        }

        /// Takes a text as a reference, with escapes where they are needed.
        public mutating func appendInterpolation(link text: some StringProtocol) {
            self.target.append(reference: Link.Target.encode(Array(text.utf8)))
        }
    }
}
