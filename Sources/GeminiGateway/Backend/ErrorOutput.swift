import GeminiServer

/// What a daemon prints to standard error for one request, as lines for the log, up to a limit.
struct ErrorOutput: Sendable {
    private var left: Int
    private var line: [UInt8] = []
    private var lines: [String] = []
    private var isCut = false

    /// - Parameter limit: the bytes that are kept.
    init(limit: Int) {
        self.left = max(0, limit)
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
        for byte in bytes.prefix(self.left) {
            if byte == UInt8(ascii: "\n") { self.endLine() } else { self.line.append(byte) }
        }
        guard bytes.count > self.left, !self.isCut else {
            self.left = max(0, self.left - bytes.count)
            return
        }
        self.left = 0
        self.isCut = true
        self.endLine()
        self.lines.append("There is more, which is dropped.")
    }

    /// The lines that are whole; at the end, what is left as well. No control character is in them.
    mutating func takeLines(isAtEnd: Bool) -> [String] {
        if isAtEnd { self.endLine() }
        defer { self.lines = [] }
        return self.lines
    }

    private mutating func endLine() {
        guard !self.line.isEmpty else { return }
        var text: [UInt8] = []
        text.appendEscaped(self.line.span)
        self.line = []
        self.lines.append(String(decoding: text, as: UTF8.self))
    }
}
