/// Splits text into its lines as it arrives, so that each can be shown when it is whole.
struct TextLines {
    private var partial: [UInt8] = []

    /// A longer line is broken, so that the memory for what has no end is bounded.
    static let maximumLength = 64 * 1024

    /// Takes the next piece.
    ///
    /// - Returns: the lines that it completes, without their ends, be they LF or CR LF.
    mutating func add(_ piece: some Sequence<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in piece {
            if byte == UInt8(ascii: "\n") {
                if self.partial.last == UInt8(ascii: "\r") { self.partial.removeLast() }
                lines.append(self.take())
            } else {
                if self.partial.count >= Self.maximumLength { lines.append(self.take()) }
                self.partial.append(byte)
            }
        }
        return lines
    }

    /// Takes the end of the text.
    ///
    /// - Returns: the last line, if that had no end.
    mutating func finish() -> [[UInt8]] {
        self.partial.isEmpty ? [] : [self.take()]
    }

    private mutating func take() -> [UInt8] {
        defer { self.partial.removeAll(keepingCapacity: true) }
        return self.partial
    }
}
