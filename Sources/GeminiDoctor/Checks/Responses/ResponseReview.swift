import GeminiProtocol

/// What there is to say of any response, whatever was asked.
///
/// A fault that many responses have is told once, with the first of them and their number.
struct ResponseReview {
    static func findings(_ exchanges: [Exchange]) -> [Finding] {
        var findings: [Finding] = []
        var counts: [Int] = []
        for exchange in exchanges where exchange.isAnswered {
            for fault in ResponseReview(exchange: exchange).faults {
                if let index = findings.firstIndex(where: { $0.title == fault.title }) {
                    counts[index] += 1
                } else {
                    counts.append(1)
                    findings.append(
                        Finding(fault.level, rows: fault.rows, fault.title, exchange, remedy: fault.remedy)
                    )
                }
            }
        }
        let total = exchanges.count { $0.isAnswered }
        for index in findings.indices where counts[index] > 1 {
            findings[index].title = findings[index].title.dropLast() + ", in \(counts[index]) of \(total) responses."
        }
        return findings
    }

    private let exchange: Exchange

    private init(exchange: Exchange) {
        self.exchange = exchange
    }

    private var faults: [ResponseFault] {
        var faults: [ResponseFault] = []
        switch self.exchange.header {
        case .success(let received): faults += self.faults(of: received) + self.body(received)
        case .failure(.incomplete) where self.exchange.end == .silence || self.exchange.end == .cutOff: break
        case .failure(let error): faults.append(Self.fault(error))
        case nil: break
        }
        return faults + self.ending
    }

    private static func fault(_ error: ResponseHeaderError) -> ResponseFault {
        let rows =
            switch error {
            case .byteOrderMark, .invalidUTF8: ["GP-071"]
            case .missingTarget: ["GP-130", "GP-073"]
            case .statusOutOfRange: ["GP-077"]
            case .tooLong: ["GP-076"]
            case .incomplete, .bareLineFeed, .malformedStatus: ["GP-070"]
            }
        return ResponseFault(
            level: .violation,
            rows: rows,
            title: "\(error)",
            remedy: "Begin every response with two digits, one space, text in UTF-8 and CRLF."
        )
    }

    private func faults(of received: ReceivedResponseHeader) -> [ResponseFault] {
        var faults: [ResponseFault] = []
        let status = received.header.status
        let grammar: [(ReceivedResponseHeader.Deviations, String, String, String)] = [
            (.undefinedStatus, "GP-077", "The status \(status.code) is not defined.", "Send defined codes only."),
            (.missingMeta, "GP-073", "The header has no text, which \(status.code) needs.", "Send a prompt or a type."),
            (.spaceWithoutMeta, "GP-073", "The header has a space and no text.", "Send text after the space."),
            (.leadingSpace, "GP-072", "The text of the header begins with spaces.", "Send one space after the status."),
            (.controlCharacters, "GP-075", "The header holds control characters.", "Keep them out of headers."),
        ]
        for (deviation, row, title, remedy) in grammar where received.deviations.contains(deviation) {
            faults.append(ResponseFault(level: .violation, rows: [row], title: title, remedy: remedy))
        }
        guard let meta = received.header.meta?.text else {
            if status.group.rawValue >= 4, !received.deviations.contains(.spaceWithoutMeta) {
                faults.append(
                    ResponseFault(
                        level: .warning,
                        rows: ["GP-074", "GP-094"],
                        title: "A refusal has no text.",
                        remedy: "Send a few words: some clients refuse a header without a space."
                    )
                )
            }
            return faults
        }
        if meta.utf8.count > Meta.maximumLength {
            faults.append(
                ResponseFault(
                    level: .warning,
                    rows: ["GP-076"],
                    title: "The text of the header has more than \(Meta.maximumLength) bytes.",
                    remedy: "Keep headers short: clients give up on long ones."
                )
            )
        }
        switch status.group {
        case .success: faults += Self.mediaType(meta)
        case .redirect: faults += self.redirect(meta, received)
        case .temporaryFailure where status == .slowDown && meta.first?.isNumber != true:
            faults.append(
                ResponseFault(
                    level: .warning,
                    rows: ["GP-093"],
                    title: "The text after 44 does not begin with a number of seconds.",
                    remedy: "Begin it with the seconds to wait: clients look for them."
                )
            )
        default: break
        }
        return faults
    }

    /// A target with control characters in it has its fault already.
    private func redirect(_ target: String, _ received: ReceivedResponseHeader) -> [ResponseFault] {
        guard !received.deviations.contains(.controlCharacters) else { return [] }
        return RedirectReview(target: target, request: self.exchange.request).faults
    }

    private static func mediaType(_ meta: String) -> [ResponseFault] {
        do throws(MediaTypeError) {
            _ = try MediaType(meta)
            return []
        } catch {
            return [
                ResponseFault(
                    level: .violation,
                    rows: ["GP-110"],
                    title: "\(error)",
                    remedy: "Send a media type such as text/gemini; lang=en."
                )
            ]
        }
    }

    private func body(_ received: ReceivedResponseHeader) -> [ResponseFault] {
        guard !received.header.status.hasBody, !self.exchange.body.isEmpty else { return [] }
        return [
            ResponseFault(
                level: .violation,
                rows: ["GP-078"],
                title: "There is a body behind another status than 20.",
                remedy: "Close after the header of everything but 20."
            )
        ]
    }

    private var ending: [ResponseFault] {
        let remedy = "End TLS with close_notify before closing: without it clients cannot tell an end from a cut."
        switch self.exchange.end {
        case .closeNotify, .cutOff: return []
        // Bytes that it had no need to read had the response's end destroyed on its way.
        case .reset where self.exchange.request.count > RequestLine.maximumLength: return []
        case .silence:
            return [
                ResponseFault(
                    level: .violation,
                    rows: ["GP-009"],
                    title: "A response has not ended in time.",
                    remedy: "Close the connection after the last byte of the response."
                )
            ]
        case .finished, .reset, .alert, .garbage:
            return [
                ResponseFault(
                    level: .violation,
                    rows: ["GP-010", "DG-06"],
                    title: "A response ends without close_notify.",
                    remedy: remedy
                )
            ]
        }
    }
}
