import GeminiProtocol

extension AccessLogFormatter {
    func appendJSON(_ entry: AccessLogEntry, to line: inout [UInt8]) {
        line.append(contentsOf: "{\"time\":\"".utf8)
        line.append(contentsOf: self.isoTime(entry).utf8)
        line.append(UInt8(ascii: "\""))
        line.appendMember("remote", entry.displayedAddress)
        line.appendMember("host", entry.host?.description)
        line.appendMember("port", number: entry.port.map(String.init))
        line.append(contentsOf: ",\"request\":\"".utf8)
        line.appendEscaped(entry.requestLine.span, as: .json)
        line.append(UInt8(ascii: "\""))
        line.appendMember("status", number: entry.header.map { String($0.status.code) })
        line.appendMember("meta", entry.displayedMeta)
        line.appendMember("bytes", number: String(entry.bytes))
        line.appendMember("complete", number: String(entry.isComplete))
        line.appendMember("first_byte_ms", number: entry.timeToFirstByte?.milliseconds)
        line.appendMember("duration_ms", number: entry.duration?.milliseconds)
        line.appendMember("tls", entry.tls?.version.rawValue)
        line.appendMember("cipher", entry.tls?.cipherSuite?.description)
        line.appendMember("server_name", entry.tls?.serverName)
        line.appendMember("certificate", entry.displayedCertificate)
        line.append(UInt8(ascii: "}"))
    }
}

extension [UInt8] {
    fileprivate mutating func appendMember(_ name: String, _ text: String?) {
        self.appendName(name)
        guard let text else {
            self.append(contentsOf: "null".utf8)
            return
        }
        self.append(UInt8(ascii: "\""))
        self.appendEscaped(text.utf8.span, as: .json)
        self.append(UInt8(ascii: "\""))
    }

    /// - Parameter number: a number, or a truth value, in JSON's words.
    fileprivate mutating func appendMember(_ name: String, number: String?) {
        self.appendName(name)
        self.append(contentsOf: (number ?? "null").utf8)
    }

    private mutating func appendName(_ name: String) {
        self.append(contentsOf: ",\"".utf8)
        self.append(contentsOf: name.utf8)
        self.append(contentsOf: "\":".utf8)
    }
}
