extension RequestLine {
    /// The pieces of a line, before anything is asked of them that URLs in general need not have.
    struct Parsed {
        /// Where the components lie; the path ends before the Titan parameters.
        let split: URISplit

        /// Where the Titan parameters lie, behind their `;`.
        let titanParameters: Range<Int>?

        let components: GeminiURL.Parsed
    }

    static func parse(_ line: Span<UInt8>) throws(URIError) -> Parsed {
        var split = try URISplit(line)
        let parameters = Self.takeTitanParameters(line, &split)
        let components = try GeminiURL.parse(line, split, leniency: .strict)
        if let parameters {
            let component = URIComponent(allowed: .titanParameters, leniency: .strict, isNormalizing: false)
            _ = try component.text(line, parameters)
        }
        return Parsed(split: split, titanParameters: parameters, components: components)
    }

    /// What a `titan` line asks for, nil for a line of another scheme.
    static func titan(_ line: Span<UInt8>, _ parsed: Parsed) throws(TitanError) -> TitanRequest? {
        guard parsed.components.url.scheme == "titan" else {
            return nil
        }
        guard let parameters = parsed.titanParameters else {
            throw .missingParameters
        }
        return try TitanRequest(parsing: line, parameters)
    }

    /// Cuts the parameters of a `titan` line off its path, from the first `;` on (TI-09).
    private static func takeTitanParameters(_ line: Span<UInt8>, _ split: inout URISplit) -> Range<Int>? {
        guard
            let scheme = split.scheme,
            Self.isTitan(line, scheme),
            let semicolon = line.firstOffset(of: URIByte.semicolon, in: split.path)
        else {
            return nil
        }
        let parameters = (semicolon + 1)..<split.path.upperBound
        split.path = split.path.lowerBound..<semicolon
        return parameters
    }

    private static func isTitan(_ line: Span<UInt8>, _ scheme: Range<Int>) -> Bool {
        scheme.count == 5
            && URIByte.lowercased(line[0]) == UInt8(ascii: "t")
            && URIByte.lowercased(line[1]) == UInt8(ascii: "i")
            && URIByte.lowercased(line[2]) == UInt8(ascii: "t")
            && URIByte.lowercased(line[3]) == UInt8(ascii: "a")
            && URIByte.lowercased(line[4]) == UInt8(ascii: "n")
    }
}
