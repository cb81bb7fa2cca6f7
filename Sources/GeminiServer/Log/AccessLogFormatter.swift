import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Turns entries into lines of a format. Not thread-safe: it remembers the time that it wrote last.
struct AccessLogFormatter {
    private let format: AccessLogFormat
    /// What stands before each line.
    private let prefix: [UInt8]
    private var second: Timestamp?
    private var time = ""

    init(_ format: AccessLogFormat = .jetforce, prefix: String = "") {
        self.format = format
        self.prefix = Array(prefix.utf8)
    }

    /// Appends one line with its end.
    mutating func append(_ entry: AccessLogEntry, to line: inout [UInt8]) {
        line.append(contentsOf: self.prefix)
        if self.second != entry.acceptedAt {
            self.second = entry.acceptedAt
            switch self.format {
            case .jetforce, .common, .combined: self.time = Self.localTime(entry.acceptedAt)
            case .json, .tsv: self.time = String(entry.acceptedAt.description.dropLast())
            }
        }
        switch self.format {
        case .jetforce: self.appendJetforce(entry, to: &line)
        case .common: self.appendCommon(entry, to: &line)
        case .combined:
            self.appendCommon(entry, to: &line)
            line.append(contentsOf: " \"-\" \"-\"".utf8)
        case .json: self.appendJSON(entry, to: &line)
        case .tsv: self.appendTSV(entry, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
    }

    private func appendJetforce(_ entry: AccessLogEntry, to line: inout [UInt8]) {
        line.append(contentsOf: (entry.displayedAddress ?? "-").utf8)
        line.append(contentsOf: " [".utf8)
        line.append(contentsOf: self.time.utf8)
        line.append(contentsOf: "] \"".utf8)
        line.appendEscaped(entry.requestLine.span)
        line.append(contentsOf: "\" ".utf8)
        line.append(contentsOf: entry.statusText.utf8)
        line.append(contentsOf: " \"".utf8)
        line.appendEscaped((entry.displayedMeta ?? "-").utf8.span)
        line.append(contentsOf: "\" ".utf8)
        line.append(contentsOf: String(entry.bytes).utf8)
    }

    private func appendCommon(_ entry: AccessLogEntry, to line: inout [UInt8]) {
        line.append(contentsOf: (entry.displayedAddress ?? "-").utf8)
        line.append(contentsOf: " - ".utf8)
        line.append(contentsOf: (entry.displayedCertificate ?? "-").utf8)
        line.append(contentsOf: " [".utf8)
        line.append(contentsOf: self.time.utf8)
        line.append(contentsOf: "] \"".utf8)
        line.appendEscaped(entry.requestLine.span)
        line.append(contentsOf: "\" ".utf8)
        line.append(contentsOf: entry.statusText.utf8)
        line.append(UInt8(ascii: " "))
        line.append(contentsOf: String(entry.bytes).utf8)
    }

    /// `2026-11-20T20:51:09.123Z`
    func isoTime(_ entry: AccessLogEntry) -> String {
        "\(self.time).\(threeDigits(entry.acceptedAtMilliseconds))Z"
    }

    /// `20/Nov/2026:20:51:09 +0000`, in the local time zone and always in English.
    private static func localTime(_ timestamp: Timestamp) -> String {
        var seconds = time_t(timestamp.secondsSinceEpoch)
        var parts = unsafe tm()
        unsafe localtime_r(&seconds, &parts)
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let minutes = abs(Int(unsafe parts.tm_gmtoff)) / 60
        return unsafe "\(two(parts.tm_mday))/\(months[Int(parts.tm_mon)])/\(1900 + parts.tm_year)"
            + ":\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
            + " \(parts.tm_gmtoff < 0 ? "-" : "+")\(two(minutes / 60))\(two(minutes % 60))"

        func two(_ number: some BinaryInteger) -> String {
            number < 10 ? "0\(number)" : "\(number)"
        }
    }
}

extension AccessLogEntry {
    fileprivate var statusText: String {
        self.header.map { String($0.status.code) } ?? "-"
    }
}

extension Duration {
    /// Milliseconds with three places, as in `12.034`.
    var milliseconds: String {
        let (seconds, attoseconds) = self.components
        let microseconds = max(seconds * 1_000_000 + attoseconds / 1_000_000_000_000, 0)
        return "\(microseconds / 1000).\(threeDigits(Int(microseconds % 1000)))"
    }
}

private func threeDigits(_ number: Int) -> String {
    number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)"
}
