/// Reads a response header that arrives in pieces of any size, and holds no more of it than a header may have.
///
/// An error comes as soon as the byte that causes it does, whatever the pieces: a peer that speaks something else is
/// found out at the third byte.
///
/// ```swift
/// var decoder = ResponseHeaderDecoder()
/// while let piece = try await connection.read() {
///     if let received = try decoder.decode(piece.span) {
///         return (received.header, body: piece[decoder.consumed...])
///     }
/// }
/// throw decoder.finish()
/// ```
public struct ResponseHeaderDecoder: Sendable {
    /// The most bytes that a header may have: status, space, text and CRLF (GP-083).
    public let limit: Int

    /// How many bytes of the last piece belonged to the header; the rest is the body's.
    public private(set) var consumed = 0

    private var line: [UInt8] = []
    private var outcome: Result<ReceivedResponseHeader, ResponseHeaderError>?

    /// Makes a decoder for one response.
    ///
    /// - Parameter metaLimit: the most bytes that are accepted after the status and its space (DA-05).
    public init(metaLimit: Int = Meta.maximumLength) {
        self.limit = max(0, min(metaLimit, .max - 5)) + 5
    }

    /// Takes the next piece of the response.
    ///
    /// After the header is complete, or an error was thrown, every further piece gives the same and consumes nothing.
    ///
    /// - Returns: the header, when this piece completes it; ``consumed`` says where the body begins in the piece.
    public mutating func decode(_ piece: Span<UInt8>) throws(ResponseHeaderError) -> ReceivedResponseHeader? {
        self.consumed = 0
        if let outcome = self.outcome {
            return try outcome.get()
        }
        do throws(ResponseHeaderError) {
            for index in piece.indices {
                self.consumed += 1
                guard try self.take(piece[index]) else { continue }
                let header = try self.parse()
                self.outcome = .success(header)
                self.line = []
                return header
            }
            return nil
        } catch {
            self.outcome = .failure(error)
            self.line = []
            throw error
        }
    }

    /// What it means that the peer closed the connection before the header was complete.
    public func finish() -> ResponseHeaderError {
        if case .failure(let error) = self.outcome { error } else { .incomplete }
    }

    /// Takes a byte; `true` when it completes the line.
    private mutating func take(_ byte: UInt8) throws(ResponseHeaderError) -> Bool {
        let ends = byte == UInt8(ascii: "\n")
        guard !ends || self.line.last == UInt8(ascii: "\r") else { throw .bareLineFeed }
        self.line.append(byte)
        if self.line.count == 3 || ends && self.line.count < 3 {
            try self.checkStart()
        }
        guard ends || self.line.count != 4 || self.line[2] == UInt8(ascii: " ") else { throw .malformedStatus }
        guard ends || self.line.count < self.limit else { throw .tooLong(limit: self.limit) }
        return ends
    }

    /// Checks what three bytes can tell, so that no more than those are awaited from a peer that speaks something else.
    private func checkStart() throws(ResponseHeaderError) {
        guard self.line != [0xEF, 0xBB, 0xBF] else { throw .byteOrderMark }
        guard self.line.count == 3,
            let code = Self.code(self.line[0], self.line[1]),
            self.line[2] == UInt8(ascii: " ") || self.line[2] == UInt8(ascii: "\r")
        else { throw .malformedStatus }
        guard Status(code: code) != nil else { throw .statusOutOfRange(code) }
    }

    private static func code(_ tens: UInt8, _ ones: UInt8) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard digits.contains(tens), digits.contains(ones) else { return nil }
        return Int(tens - digits.lowerBound) * 10 + Int(ones - digits.lowerBound)
    }

    /// Reads the complete line.
    private func parse() throws(ResponseHeaderError) -> ReceivedResponseHeader {
        guard let code = Self.code(self.line[0], self.line[1]), let status = Status(code: code) else {
            throw .malformedStatus
        }
        var deviations: ReceivedResponseHeader.Deviations = status.isDefined ? [] : .undefinedStatus
        var meta: String?
        if self.line.count > 4 {
            guard let text = String(validating: self.line[3..<self.line.count - 2], as: UTF8.self) else {
                throw .invalidUTF8
            }
            meta = Self.meta(text, &deviations)
        }
        if meta == nil {
            guard status.group != .redirect else { throw .missingTarget }
            if status.requiresMeta {
                deviations.insert(.missingMeta)
            }
        }
        let header = ResponseHeader(unchecked: status, meta.map { Meta(unchecked: $0) })
        return ReceivedResponseHeader(header: header, deviations: deviations, length: self.line.count)
    }

    /// Makes the text after the space fit for a ``Meta``; `nil` when nothing is left of it.
    private static func meta(_ text: String, _ deviations: inout ReceivedResponseHeader.Deviations) -> String? {
        guard !text.isEmpty else {
            deviations.insert(.spaceWithoutMeta)
            return nil
        }
        let printable = text.withoutControlCharacters
        if text.unicodeScalars.contains(where: \.isControlCharacter) {
            deviations.insert(.controlCharacters)
        }
        let meta = printable.withoutLeadingSpace
        if meta.utf8.count != printable.utf8.count {
            deviations.insert(.leadingSpace)
        }
        return meta.isEmpty ? nil : meta
    }
}
