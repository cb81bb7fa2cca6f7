import GeminiProtocol
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Turns entries into lines. Not thread-safe: it remembers the time that it wrote last.
struct AccessLogFormat {
    private var second: Timestamp?
    private var time = ""

    /// Appends one line in jetforce's format:
    ///
    ///     127.0.0.1 [20/Nov/2026:20:51:09 +0000] "gemini://localhost/" 20 "text/gemini" 34
    ///
    /// Whatever bytes the client sent, it is one line, and what stands between quotes holds no bare quote. A
    /// connection that ended before there was a status has `-` in its place and in that of the text.
    mutating func append(_ entry: AccessLogEntry, to line: inout [UInt8]) {
        line.append(contentsOf: (entry.remoteAddress?.ipAddress ?? "-").utf8)
        line.append(contentsOf: " [".utf8)
        line.append(contentsOf: self.localTime(entry.acceptedAt).utf8)
        line.append(contentsOf: "] \"".utf8)
        line.appendEscaped(entry.requestLine.span)
        line.append(contentsOf: "\" ".utf8)
        line.append(contentsOf: (entry.header.map { String($0.status.code) } ?? "-").utf8)
        line.append(contentsOf: " \"".utf8)
        line.appendEscaped((entry.header?.meta?.text ?? "-").utf8.span)
        line.append(contentsOf: "\" ".utf8)
        line.append(contentsOf: String(entry.bytes).utf8)
        line.append(UInt8(ascii: "\n"))
    }

    /// `20/Nov/2026:20:51:09 +0000`, in the local time zone and always in English.
    private mutating func localTime(_ timestamp: Timestamp) -> String {
        if self.second == timestamp { return self.time }
        var seconds = time_t(timestamp.secondsSinceEpoch)
        var parts = unsafe tm()
        unsafe localtime_r(&seconds, &parts)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let minutes = abs(Int(unsafe parts.tm_gmtoff)) / 60
        self.second = timestamp
        self.time =
            unsafe "\(two(parts.tm_mday))/\(months[Int(parts.tm_mon)])/\(1900 + parts.tm_year)"
            + ":\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
            + " \(parts.tm_gmtoff < 0 ? "-" : "+")\(two(minutes / 60))\(two(minutes % 60))"
        return self.time

        func two(_ number: some BinaryInteger) -> String {
            number < 10 ? "0\(number)" : "\(number)"
        }
    }
}

extension [UInt8] {
    /// Appends text from a stranger so that it stays within its quotes, on its line, and does nothing to a terminal:
    /// quotes and backslashes get a backslash; control and format characters (direction marks among them), line
    /// separators, and bytes that are no UTF-8 become `\xNN`.
    package mutating func appendEscaped(_ text: Span<UInt8>) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    self.append(UInt8(ascii: "\\"))
                    self.append(byte)
                case 0x20...0x7E:
                    self.append(byte)
                default:
                    self.appendHexadecimal(byte)
                }
                index += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            let sequence = (index..<Swift.min(index + length, text.count)).map { text[$0] }
            if let character = String(validating: sequence, as: UTF8.self), character.unicodeScalars.count == 1,
                let scalar = character.unicodeScalars.first, scalar.isHarmless
            {
                self.append(contentsOf: sequence)
                index += sequence.count
            } else {
                self.appendHexadecimal(byte)
                index += 1
            }
        }
    }

    private mutating func appendHexadecimal(_ byte: UInt8) {
        self.append(contentsOf: "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool {
        switch self.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
