import GeminiProtocol

/// What there is to say of a home page (DG-09 and DG-10).
struct HomePageReview {
    var exchange: Exchange

    var findings: [Finding] {
        guard let received = self.exchange.received else {
            return [
                Finding(
                    .violation,
                    rows: ["GP-070", "DG-09"],
                    "The home page has no valid header.",
                    self.exchange,
                    remedy: "Begin every response with two digits, a space, text and CRLF."
                )
            ]
        }
        guard received.header.status == .success else {
            return [
                Finding(
                    .warning,
                    rows: ["DG-09", "DG-10"],
                    "The home page is answered with \(self.exchange.outcome).",
                    self.exchange,
                    remedy: "Serve a page at /, so that whoever knows the host only finds something."
                )
            ]
        }
        let type = received.header.meta.flatMap { try? MediaType($0.text) }
        guard type?.isGemtext == true else {
            return [
                Finding(
                    .warning,
                    rows: ["DG-09"],
                    "The home page is not text/gemini.",
                    self.exchange,
                    remedy: "Serve gemtext at /: some clients know no other type."
                )
            ]
        }
        return self.body(charset: type?.charset)
    }

    private func body(charset: String?) -> [Finding] {
        let body = self.exchange.body
        if body.isEmpty {
            return [
                Finding(
                    .warning,
                    rows: ["DG-09"],
                    "The home page is empty.",
                    self.exchange,
                    remedy: "Write something into the home page."
                )
            ]
        }
        var findings: [Finding] = []
        if charset.map({ ["utf-8", "us-ascii"].contains($0.lowercased()) }) ?? true,
            self.exchange.end != .cutOff, String(validating: body, as: UTF8.self) == nil
        {
            findings.append(
                Finding(
                    .violation,
                    rows: ["GP-113", "DG-09"],
                    "The home page is not UTF-8, which is what its header says.",
                    self.exchange,
                    remedy: "Save the page as UTF-8, or name its charset."
                )
            )
        }
        if body.starts(with: [0xEF, 0xBB, 0xBF]) {
            findings.append(
                Finding(
                    .warning,
                    rows: ["GP-118"],
                    "The home page begins with a byte order mark.",
                    self.exchange,
                    remedy: "Save the page without one."
                )
            )
        }
        return findings + self.lineEnds(body)
    }

    private func lineEnds(_ body: ArraySlice<UInt8>) -> [Finding] {
        var findings: [Finding] = []
        let ends = body.indices.filter { body[$0] == 0x0A }
        let carriageReturns = ends.count { $0 > body.startIndex && body[$0 - 1] == 0x0D }
        if carriageReturns > 0, carriageReturns < ends.count {
            findings.append(
                Finding(
                    .warning,
                    rows: ["GP-116", "DG-09"],
                    "The home page mixes line ends: \(carriageReturns) CRLF and \(ends.count - carriageReturns) LF.",
                    remedy: "Use one kind of line end in a page."
                )
            )
        }
        if body.last != 0x0A, self.exchange.end != .cutOff {
            findings.append(
                Finding(
                    .warning,
                    rows: ["DG-09"],
                    "The last line of the home page has no end.",
                    received: "… " + Escaped.text(body.suffix(40), limit: 40),
                    remedy: "End the page with a line feed."
                )
            )
        }
        return findings
    }
}
