/// Reads the records that a daemon answers with, in pieces of any size, and holds no more of them than a header (FC-02).
///
/// Padding, management records and records of unknown kinds are passed over.
///
/// ```swift
/// var index = 0
/// while let event = try reader.next(in: piece.span, from: &index) { … }
/// ```
package struct FastCGIReader: Sendable {
    package enum Event: Equatable, Sendable {
        /// This part of the piece was printed to standard output.
        case output(Range<Int>)
        /// This part of the piece was printed to standard error.
        case errorOutput(Range<Int>)
        /// The request is over.
        case end(applicationStatus: UInt32, protocolStatus: UInt8)
    }

    /// Whether the last record has come. What follows it is not looked at.
    package private(set) var isEnded = false

    private var header: [UInt8] = []
    private var contentLeft = 0
    private var paddingLeft = 0
    private var end: [UInt8] = []
    private var failure: FastCGIError?

    package init() {}

    /// The next event of a piece; `nil` when there is none left in it.
    ///
    /// - Parameters:
    ///   - piece: the bytes, the same until there is no event left.
    ///   - index: how much of them was looked at; 0 for a new piece.
    /// - Throws: the same error from the first wrong record on.
    package mutating func next(in piece: Span<UInt8>, from index: inout Int) throws(FastCGIError) -> Event? {
        if let failure { throw failure }
        while index < piece.count, !self.isEnded {
            if self.header.count < FastCGIRecord.headerSize {
                self.header.append(piece[index])
                index += 1
                guard self.header.count == FastCGIRecord.headerSize else { continue }
                do throws(FastCGIError) {
                    try self.begin()
                } catch {
                    self.failure = error
                    throw error
                }
            } else if self.contentLeft > 0 {
                let range = index..<index + min(self.contentLeft, piece.count - index)
                index = range.upperBound
                self.contentLeft -= range.count
                if let event = self.content(range, of: piece) { return event }
            } else {
                let count = min(self.paddingLeft, piece.count - index)
                index += count
                self.paddingLeft -= count
            }
            if self.header.count == FastCGIRecord.headerSize, self.contentLeft == 0, self.paddingLeft == 0 {
                self.header.removeAll(keepingCapacity: true)
                if self.end.count == 8 { return self.finish() }
            }
        }
        return nil
    }

    private var kind: UInt8 { self.header[1] }

    private var requestID: UInt16 { UInt16(self.header[2]) << 8 | UInt16(self.header[3]) }

    private mutating func begin() throws(FastCGIError) {
        guard self.header[0] == FastCGIRecord.version else { throw .version(self.header[0]) }
        guard self.requestID == FastCGIRecord.requestID || self.requestID == 0 else { throw .requestID(self.requestID) }
        self.contentLeft = Int(self.header[4]) << 8 | Int(self.header[5])
        self.paddingLeft = Int(self.header[6])
        if self.requestID != 0, self.kind == FastCGIRecord.Kind.endRequest, self.contentLeft < 8 {
            throw .shortEnd(self.contentLeft)
        }
    }

    private mutating func content(_ range: Range<Int>, of piece: Span<UInt8>) -> Event? {
        guard self.requestID != 0 else { return nil }
        switch self.kind {
        case FastCGIRecord.Kind.standardOutput:
            return .output(range)
        case FastCGIRecord.Kind.standardError:
            return .errorOutput(range)
        case FastCGIRecord.Kind.endRequest:
            for index in range where self.end.count < 8 { self.end.append(piece[index]) }
            return nil
        default:
            return nil
        }
    }

    private mutating func finish() -> Event {
        self.isEnded = true
        return .end(
            applicationStatus: self.end.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
            protocolStatus: self.end[4]
        )
    }
}
