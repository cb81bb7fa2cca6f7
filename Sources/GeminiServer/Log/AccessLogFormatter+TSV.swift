import GeminiProtocol

extension AccessLogFormatter {
    func appendTSV(_ entry: AccessLogEntry, to line: inout [UInt8]) {
        line.append(contentsOf: self.isoTime(entry).utf8)
        line.appendColumn(entry.displayedAddress)
        line.appendColumn(entry.header.map { String($0.status.code) })
        line.append(UInt8(ascii: "\t"))
        line.appendEscaped(entry.requestLine.span, as: .tsv)
        line.appendColumn(entry.displayedMeta)
        line.appendColumn(String(entry.bytes))
        line.appendColumn(String(entry.isComplete))
        line.appendColumn(entry.timeToFirstByte?.milliseconds)
        line.appendColumn(entry.duration?.milliseconds)
        line.appendColumn(entry.host?.description)
        line.appendColumn(entry.port.map(String.init))
        line.appendColumn(entry.tls?.version.rawValue)
        line.appendColumn(entry.tls?.cipherSuite?.description)
        line.appendColumn(entry.tls?.serverName)
        line.appendColumn(entry.displayedCertificate)
    }
}

extension [UInt8] {
    fileprivate mutating func appendColumn(_ text: String?) {
        self.append(UInt8(ascii: "\t"))
        self.appendEscaped((text ?? "-").utf8.span, as: .tsv)
    }
}
