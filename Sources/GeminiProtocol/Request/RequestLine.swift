/// The one line that a client sends: an absolute URL, for `titan` with parameters (GP-040, TI-02).
///
///     let line = try RequestLine(parsing: bytes)   // "gemini://Ex.org/a/../caf%c3%A9?x", without the CRLF
///     line.url.path                                // "/caf%C3%A9"
///     line.rawPath                                 // "/a/../caf%c3%A9"
///
/// A line that violates what the protocol asks of a request is a ``RequestLineError``, which is answered with 59.
/// Whether host, port and scheme are served here is not judged: that is 53.
public struct RequestLine: Sendable, Hashable {
    /// The longest URL of a request in bytes, the CRLF not counted (GP-041).
    public static let maximumLength = 1024

    /// The line as it was received or is to be sent, without its CRLF.
    public let text: String

    /// The URL in its normal form, for routing (GP-026). Titan parameters are not part of it.
    public let url: GeminiURL

    /// What a `titan` request asks for; nil for every other scheme.
    public let titan: TitanRequest?

    /// The port that the line names, nil for none. Unlike ``GeminiURL/port`` it tells `:1965` from nothing, which
    /// differ for a server on another port (GP-056, DA-13).
    public let explicitPort: UInt16?

    /// Whether a dot segment of the path, `%2e` spelled or not, leads above the root: the answer is 51 (DA-01).
    public let climbsAboveRoot: Bool

    private let pathRange: Range<UInt16>
    private let queryRange: Range<UInt16>?

    /// The path as received, without Titan parameters; it may be empty (GP-062).
    public var rawPath: Substring {
        self.slice(self.pathRange)
    }

    /// The query as received, without its `?`; nil when there is none (GP-061, GP-062).
    public var rawQuery: Substring? {
        self.queryRange.map(self.slice)
    }

    /// Parses a line without its CRLF.
    public init(parsing line: Span<UInt8>) throws(RequestLineError) {
        guard line.count <= Self.maximumLength else {
            throw .tooLong
        }
        guard !line.isEmpty else {
            throw .empty
        }
        if line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF {
            throw .byteOrderMark
        }
        if let offset = line.firstInvalidUTF8Offset() {
            throw .invalidUTF8(offset: offset)
        }
        let parsed: Parsed
        do {
            parsed = try Self.parse(line)
        } catch {
            throw RequestLineError(error)
        }
        guard parsed.components.url.fragment == nil else {
            throw .fragment
        }
        guard !parsed.components.containsNUL else {
            throw .nulInPath
        }
        do {
            self.titan = try Self.titan(line, parsed)
        } catch {
            throw .titan(error)
        }
        self.url = parsed.components.url
        self.explicitPort = parsed.components.explicitPort
        self.climbsAboveRoot = parsed.components.climbsAboveRoot
        self.text = line.uriText(0..<line.count)
        self.pathRange = Self.offsets(parsed.split.path)
        self.queryRange = parsed.split.query.map(Self.offsets)
    }
}

extension RequestLine: CustomStringConvertible {
    /// ``text``.
    public var description: String {
        self.text
    }
}

extension RequestLine {
    private func slice(_ range: Range<UInt16>) -> Substring {
        let utf8 = self.text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: Int(range.lowerBound))
        return self.text[start..<utf8.index(start, offsetBy: range.count)]
    }

    /// The offsets of a range in a line, whose length fits easily.
    private static func offsets(_ range: Range<Int>) -> Range<UInt16> {
        UInt16(range.lowerBound)..<UInt16(range.upperBound)
    }
}
