import TestSupport

extension ScriptedServer {
    func url(_ path: String = "/") -> String { "gemini://localhost:\(self.port)\(path)" }

    func titan(_ path: String) -> String { "titan://localhost:\(self.port)\(path)" }
}

extension ScriptedVisit {
    /// Sends again and again until the client leaves.
    func sendForEver(_ text: String) async throws {
        while !Task.isCancelled, !self.received.ended {
            try await self.send(text)
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Takes an upload to its last byte.
    ///
    /// - Returns: the request line, and the content.
    func upload() async throws -> (request: String, content: String) {
        let line = try await self.request()
        let size = line.split(separator: ";").first { $0.hasPrefix("size=") }.flatMap { Int($0.dropFirst(5)) } ?? 0
        let transcript = try await self.connection.read(atLeast: line.utf8.count + 2 + size)
        return (line, String(decoding: transcript.bytes.dropFirst(line.utf8.count + 2), as: UTF8.self))
    }
}
