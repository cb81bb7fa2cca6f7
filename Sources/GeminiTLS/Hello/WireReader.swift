/// A cursor over the integers and length-prefixed vectors of TLS's presentation language (RFC 8446 §3).
///
/// It holds a range rather than the bytes, so that vectors nest without copying; each call is given the bytes again.
package struct WireReader {
    private var position: Int
    private let end: Int

    package init(bounds: Range<Int>) {
        self.position = bounds.lowerBound
        self.end = bounds.upperBound
    }

    package var isAtEnd: Bool {
        self.position == self.end
    }

    package mutating func skip(_ count: Int, of bytes: Span<UInt8>) -> Bool {
        guard self.end - self.position >= count else { return false }
        self.position += count
        return true
    }

    package mutating func integer8(of bytes: Span<UInt8>) -> Int? {
        guard self.end - self.position >= 1 else { return nil }
        defer { self.position += 1 }
        return Int(bytes[self.position])
    }

    package mutating func integer16(of bytes: Span<UInt8>) -> Int? {
        guard self.end - self.position >= 2 else { return nil }
        defer { self.position += 2 }
        return Int(bytes[self.position]) << 8 | Int(bytes[self.position + 1])
    }

    /// The content of a vector whose length takes one byte.
    package mutating func vector8(of bytes: Span<UInt8>) -> Range<Int>? {
        self.integer8(of: bytes).flatMap { self.take($0) }
    }

    /// The content of a vector whose length takes two bytes.
    package mutating func vector16(of bytes: Span<UInt8>) -> Range<Int>? {
        self.integer16(of: bytes).flatMap { self.take($0) }
    }

    private mutating func take(_ count: Int) -> Range<Int>? {
        guard self.end - self.position >= count else { return nil }
        defer { self.position += count }
        return self.position..<(self.position + count)
    }
}
