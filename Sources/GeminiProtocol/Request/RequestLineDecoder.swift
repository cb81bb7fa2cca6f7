/// Finds the request line in bytes that arrive in any fragmentation.
///
///     var decoder = RequestLineDecoder()
///     switch decoder.consume(bytes) {
///     case .needMore: break                         // read on, until the deadline
///     case .line(let line, let consumed): …         // what follows `consumed` is an upload, or to be dropped
///     case .failed(let error): …                    // answer 59 with error.description
///     }
///
/// Only CRLF ends the line: a bare LF or CR is a byte of it, and makes it malformed once a CRLF comes (GP-051). The
/// decoder fails as soon as no CRLF can come within 1026 bytes any more, and never keeps more than these (GP-043).
/// A line that arrives in one piece is parsed where it lies.
public struct RequestLineDecoder: Sendable {
    /// What is known after some bytes.
    public enum Progress: Sendable, Hashable {
        /// The line has not ended yet.
        case needMore

        /// The request, and how many of the bytes just given belong to it, the CRLF included.
        case line(RequestLine, consumed: Int)

        /// There is no request in these bytes, whatever follows.
        case failed(RequestLineError)
    }

    /// The longest line and its CRLF.
    private static let maximumBytes = RequestLine.maximumLength + 2

    private enum State: Sendable {
        case reading([UInt8])
        case finished(RequestLine)
        case failed(RequestLineError, received: [UInt8])
    }

    private var state = State.reading([])

    public init() {}

    /// Reads the next bytes.
    ///
    /// After a line or a failure the result stays what it was, and no further byte is consumed.
    public mutating func consume(_ bytes: Span<UInt8>) -> Progress {
        switch self.state {
        case .finished(let line):
            return .line(line, consumed: 0)
        case .failed(let error, _):
            return .failed(error)
        case .reading(let buffer) where buffer.isEmpty:
            return self.consumeFirst(bytes)
        case .reading(var buffer):
            self.state = .reading([])
            return self.consume(bytes, after: &buffer)
        }
    }

    /// The bytes of the line so far, for the access log: also of one that is malformed, at most 1026, without CRLF.
    public var received: [UInt8] {
        switch self.state {
        case .reading(let buffer): buffer
        case .finished(let line): Array(line.text.utf8)
        case .failed(_, let received): received
        }
    }

    private mutating func consumeFirst(_ bytes: Span<UInt8>) -> Progress {
        if let end = Self.lineEnd(bytes, from: 0) {
            return self.finish(bytes.extracting(0..<end), consumed: end + 2)
        }
        let kept = Self.copy(bytes.extracting(0..<min(bytes.count, Self.maximumBytes)), to: [])
        return self.keepReading(kept)
    }

    private mutating func consume(_ bytes: Span<UInt8>, after buffer: inout [UInt8]) -> Progress {
        let oldCount = buffer.count
        let room = Self.maximumBytes - oldCount
        buffer = Self.copy(bytes.extracting(0..<min(bytes.count, room)), to: buffer)
        // A CR may have been the last byte of the piece before.
        if let end = Self.lineEnd(buffer.span, from: oldCount - 1) {
            return self.finish(buffer.span.extracting(0..<end), consumed: end + 2 - oldCount)
        }
        return self.keepReading(buffer)
    }

    private mutating func keepReading(_ buffer: [UInt8]) -> Progress {
        let isHopeless =
            buffer.count > RequestLine.maximumLength
            && (buffer.count == Self.maximumBytes || buffer[RequestLine.maximumLength] != URIByte.carriageReturn)
        if isHopeless {
            self.state = .failed(.tooLong, received: buffer)
            return .failed(.tooLong)
        }
        self.state = .reading(buffer)
        return .needMore
    }

    private mutating func finish(_ line: Span<UInt8>, consumed: Int) -> Progress {
        do {
            let request = try RequestLine(parsing: line)
            self.state = .finished(request)
            return .line(request, consumed: consumed)
        } catch {
            self.state = .failed(error, received: Self.copy(line, to: []))
            return .failed(error)
        }
    }

    /// The offset of the first CRLF that a line may end with.
    private static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        let end = min(bytes.count, Self.maximumBytes) - 1
        var offset = start
        while offset < end {
            if bytes[offset] == URIByte.carriageReturn, bytes[offset + 1] == URIByte.lineFeed {
                return offset
            }
            offset += 1
        }
        return nil
    }

    private static func copy(_ bytes: Span<UInt8>, to buffer: consuming [UInt8]) -> [UInt8] {
        if buffer.isEmpty {
            buffer.reserveCapacity(bytes.count)
        }
        for offset in 0..<bytes.count {
            buffer.append(bytes[offset])
        }
        return buffer
    }
}
