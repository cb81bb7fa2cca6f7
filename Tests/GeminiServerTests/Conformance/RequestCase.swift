import GeminiProtocol
import Testing

/// A request and what has to come back for it, named after the row that says so.
struct RequestCase: Sendable, CustomTestStringConvertible {
    enum Answer: Sendable {
        /// The status, with any text.
        case status(Int)
        /// The home page.
        case home
        /// The whole response.
        case exactly(String)
    }

    var row: String
    /// With its CRLF; `{port}` stands for the port that the server listens on.
    var bytes: [UInt8]
    var answer: Answer

    init(_ row: String, line: [UInt8], _ answer: Answer) {
        self.row = row
        self.bytes = line + [0x0D, 0x0A]
        self.answer = answer
    }

    init(_ row: String, _ line: String, _ answer: Answer) {
        self.init(row, line: Array(line.utf8), answer)
    }

    func bytes(port: Int) -> [UInt8] {
        guard self.bytes.contains(UInt8(ascii: "{")) else { return self.bytes }
        return Array(String(decoding: self.bytes, as: UTF8.self).replacing("{port}", with: "\(port)").utf8)
    }

    var testDescription: String {
        let line = String(decoding: self.bytes.dropLast(2), as: UTF8.self)
        let shown = line.unicodeScalars.count > 48 ? line.prefix(45) + "..." : line[...]
        return "\(self.row): \(shown.debugDescription)"
    }
}
