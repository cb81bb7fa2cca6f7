extension MediaType {
    /// Reads a media type as tolerantly as its meaning allows (GP-120, DA-12).
    ///
    /// Letters may be of any case; spaces may stand around the whole, around `;` and around `=`; values may be in quotes
    /// or not, and hold commas without them; a part between semicolons that is no `name=value` is passed over, as is a
    /// name that was there before.
    public init(_ text: some StringProtocol) throws(MediaTypeError) {
        guard !text.unicodeScalars.contains(where: \.isControlCharacter) else { throw .invalidText }
        var rest = String(text)[...].unicodeScalars
        let essence = rest.removePrefix(upTo: ";")
        let slash = essence.firstIndex(of: "/") ?? essence.endIndex
        let type = String(essence[..<slash]).trimmed
        let subtype = String(essence[slash...].dropFirst()).trimmed

        var parameters: [Parameter] = []
        while rest.popFirst() != nil {
            let name = String(rest.removePrefix(upTo: ";", "=")).trimmed
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            let value = rest.removeParameterValue()
            guard name.isToken else { continue }
            parameters.append(Parameter(unchecked: name.lowercased(), value))
        }
        try self.init(type, subtype, parameters: parameters)
    }

    /// Reads a media type from bytes, as ``init(_:)`` does.
    public init(parsing bytes: Span<UInt8>) throws(MediaTypeError) {
        guard let text = String(validating: bytes) else { throw .invalidText }
        try self.init(text)
    }
}

extension MediaType: ExpressibleByStringLiteral {
    /// Takes a literal in source code; one that is no media type is a programming error and stops the program.
    public init(stringLiteral value: StaticString) {
        do throws(MediaTypeError) {
            self = try MediaType(value.description)
        } catch {
            preconditionFailure("\"\(value)\" is not a media type. \(error)")
        }
    }
}

extension Substring.UnicodeScalarView {
    /// Takes everything before the first of these scalars, or all that is left.
    fileprivate mutating func removePrefix(upTo ends: Unicode.Scalar...) -> Self {
        let end = self.firstIndex { ends.contains($0) } ?? self.endIndex
        defer { self = self[end...] }
        return self[..<end]
    }

    /// Takes what is behind the equals sign of a parameter, up to its semicolon or the end.
    ///
    /// A quoted value ends at its closing quote or, when there is none, with the text. What stands between that quote and
    /// the semicolon is dropped.
    fileprivate mutating func removeParameterValue() -> String {
        self = self.drop { $0 == " " }
        guard self.first == "\"" else {
            return String(self.removePrefix(upTo: ";")).trimmed
        }
        self.removeFirst()
        var value = String.UnicodeScalarView()
        while let scalar = self.popFirst(), scalar != "\"" {
            if scalar == "\\" {
                if let escaped = self.popFirst() {
                    value.append(escaped)
                }
            } else {
                value.append(scalar)
            }
        }
        _ = self.removePrefix(upTo: ";")
        return String(value)
    }
}

extension StringProtocol {
    /// Whether the text is a token of RFC 2045: visible ASCII characters of which none would end it, and at least one.
    var isToken: Bool {
        !self.isEmpty && self.utf8.allSatisfy(URICharacterSet.mediaTypeToken.contains)
    }
}
