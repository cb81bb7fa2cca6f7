import GeminiProtocol

/// The response that is right for a request line.
struct SoundAnswer {
    static let home = "20 text/gemini\r\n# Home\n=> sub/ A folder\n=> big.txt\n"

    let bytes: [UInt8]

    init(_ line: [UInt8], port: Int) {
        self.bytes = Array(Self.text(line, port: port).utf8)
    }

    private static func text(_ line: [UInt8], port: Int) -> String {
        guard let request = try? RequestLine(parsing: line.span) else { return "59 Bad request\r\n" }
        guard request.url.scheme == "gemini", request.url.host.withoutTrailingDot.description == "localhost",
            request.explicitPort.map({ Int($0) == port }) ?? true
        else { return "53 Not served here\r\n" }
        guard !request.climbsAboveRoot else { return "51 Not found\r\n" }
        switch request.url.path {
        case "/", "/index.gmi", "/sub/": return Self.home
        case "/sub": return "31 /sub/\(request.url.query.map { "?\($0)" } ?? "")\r\n"
        case "/big.txt": return "20 text/plain\r\n" + String(repeating: "All work and no play.\n", count: 40_000)
        default: return "51 Not found\r\n"
        }
    }
}
