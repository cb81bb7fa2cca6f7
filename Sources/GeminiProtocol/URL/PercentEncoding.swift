/// Percent-encoding (RFC 3986 §2.1), strict both ways: `+` is a plus and a space is `%20` (GP-030).
public enum PercentEncoding {
    /// Decodes a path segment or a query into text.
    ///
    ///     try PercentEncoding.decode("a+b%20c")   // "a+b c"
    ///
    /// - Throws: ``PercentEncodingError`` for a malformed escape and for what is not UTF-8 when decoded.
    public static func decode(_ text: String) throws(PercentEncodingError) -> String {
        try Self.decode(text[...])
    }

    /// Decodes a part of a path or a query into text.
    public static func decode(_ text: Substring) throws(PercentEncodingError) -> String {
        guard text.utf8.contains(URIByte.percent) else {
            return String(text)
        }
        guard let decoded = String(validating: try Self.decodeBytes(text), as: UTF8.self) else {
            throw .invalidUTF8
        }
        return decoded
    }

    /// Decodes a path segment or a query into bytes, which need not be text.
    public static func decodeBytes(_ text: Substring) throws(PercentEncodingError) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var offset = 0
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == URIByte.percent else {
                decoded.append(byte)
                offset += 1
                continue
            }
            guard
                let first = bytes.next(),
                let second = bytes.next(),
                let high = URIByte.hexValue(first),
                let low = URIByte.hexValue(second)
            else {
                throw .malformedEscape(offset: offset)
            }
            decoded.append(high << 4 | low)
            offset += 3
        }
        return decoded
    }

    /// Encodes text as one segment of a path.
    ///
    /// Letters, digits and `-._~!$&'()*+,=:@` stay. The semicolon does not, although RFC 3986 would let it: in a
    /// `titan` URL it begins the parameters (TI-09), and paths should be equal under both schemes (TI-24).
    public static func encode(segment: String) -> String {
        Self.encode(segment.utf8, keeping: .encodedSegment)
    }

    /// Encodes bytes, such as the name of a file, as one segment of a path.
    public static func encode(segment: [UInt8]) -> String {
        Self.encode(segment, keeping: .encodedSegment)
    }

    /// Encodes one segment of a path and no more of it than RFC 3986 §3.3 demands, which is its plainest form: `;` stays.
    package static func encode(plainest segment: [UInt8]) -> String {
        Self.encode(segment, keeping: .pathSegment)
    }

    /// Encodes what a person typed as a query (GP-101): everything but letters, digits and `-._~` is escaped.
    ///
    /// A line break is sent as `%0A`, whether it is an LF, a CR or both (GP-102).
    ///
    ///     PercentEncoding.encode(query: "a b+c&d=é")   // "a%20b%2Bc%26d%3D%C3%A9"
    public static func encode(query input: String) -> String {
        guard input.utf8.contains(URIByte.carriageReturn) else {
            return Self.encode(input.utf8, keeping: .unreserved)
        }
        var bytes: [UInt8] = []
        var previous: UInt8?
        for byte in input.utf8 {
            if byte == URIByte.carriageReturn {
                bytes.append(URIByte.lineFeed)
            } else if byte != URIByte.lineFeed || previous != URIByte.carriageReturn {
                bytes.append(byte)
            }
            previous = byte
        }
        return Self.encode(bytes, keeping: .unreserved)
    }

    /// The relative reference that leads from a directory's page to an entry of it (GT-25, GT-26).
    ///
    /// A name with a colon gets `./` in front, so that what comes before it is not taken for a scheme.
    ///
    ///     PercentEncoding.relativeReference(toName: "a b#c?.gmi")          // "a%20b%23c%3F.gmi"
    ///     PercentEncoding.relativeReference(toName: "a:b")                 // "./a:b"
    ///     PercentEncoding.relativeReference(toName: "logs", isDirectory: true)   // "logs/"
    public static func relativeReference(toName name: String, isDirectory: Bool = false) -> String {
        Self.relativeReference(encoded: Self.encode(segment: name), isDirectory: isDirectory)
    }

    /// The relative reference to an entry whose name is bytes and need not be text.
    public static func relativeReference(toName name: [UInt8], isDirectory: Bool = false) -> String {
        Self.relativeReference(encoded: Self.encode(segment: name), isDirectory: isDirectory)
    }

    private static func relativeReference(encoded name: String, isDirectory: Bool) -> String {
        let needsPrefix = name.isEmpty || name.utf8.contains(URIByte.colon)
        return (needsPrefix ? "./" : "") + name + (isDirectory && !name.isEmpty ? "/" : "")
    }

    static func encode(_ bytes: some Collection<UInt8>, keeping set: URICharacterSet) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count + 16)
        for byte in bytes {
            if set.contains(byte) {
                encoded.append(byte)
            } else {
                encoded.appendPercentEscape(byte)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
