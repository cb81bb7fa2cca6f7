import GeminiProbe
import GeminiProtocol

extension Check {
    static let timing = [handshakeDeadline, requestDeadline, drippingRequest, slowReader]

    /// A client that connects and says nothing.
    static let handshakeDeadline = Check(
        "handshake-deadline",
        ["GP-017"],
        "A client that does not begin its handshake is given up",
        theme: .timing,
        pace: .waiting,
        isGentle: false
    ) { examination, _ throws(ProbeError) in
        examination.patience(on: try examination.connect(), with: "A connection on which no handshake begins")
    }

    /// A client that finishes its handshake and says nothing.
    static let requestDeadline = Check(
        "request-deadline",
        ["GP-017", "DA-30"],
        "A client that does not send its request is given up, and not too soon",
        theme: .timing,
        pace: .waiting,
        isGentle: false
    ) { examination, _ throws(ProbeError) in
        examination.patience(on: try examination.open(), with: "A connection on which no request comes")
    }

    /// A client that sends a byte now and then: the time is for the whole request.
    static let drippingRequest = Check(
        "dripping-request",
        ["GP-017"],
        "A request that comes byte by byte for ever is given up",
        theme: .timing,
        pace: .waiting,
        isGentle: false
    ) { examination, _ throws(ProbeError) in
        let connection = try examination.open()
        let line = Array((examination.base + "/" + String(repeating: "0", count: 1_000)).utf8).prefix(1_000)
        let start = ContinuousClock.now
        let deadline = examination.deadline(after: examination.timing.longestDeadline)
        for byte in line where !deadline.hasPassed {
            do throws(ProbeError) {
                try connection.send([byte], deadline: deadline)
            } catch {
                return [
                    .note(
                        "A request of a byte every \(examination.timing.drip.seconds) was given up after \((.now - start).seconds)."
                    )
                ]
            }
            switch connection.next(deadline: examination.deadline(after: examination.timing.drip).orEarlier(deadline)) {
            case .silence: continue
            default:
                return [
                    .note(
                        "A request of a byte every \(examination.timing.drip.seconds) was given up after \((.now - start).seconds)."
                    )
                ]
            }
        }
        return [
            Finding(
                .warning,
                "A request of which a byte comes every \(examination.timing.drip.seconds) is waited for longer than \((.now - start).seconds).",
                remedy: "Give the whole request one deadline; a byte must not begin it anew."
            )
        ]
    }

    /// A reader that takes its time gets everything.
    static let slowReader = Check(
        "slow-reader",
        ["GP-122", "GP-053"],
        "A client that reads slowly gets the whole page",
        theme: .timing,
        pace: .waiting
    ) { examination, _ throws(ProbeError) in
        let request = Self.line(examination.url.withoutFragment.description)
        let usual = try examination.ask(request)
        guard usual.status == .success, usual.end != .cutOff, usual.end != .silence else { return [] }
        let connection = try examination.open(receiveBuffer: 4096)
        var slow = Exchange(request: request, remark: "read slowly")
        try connection.send(request, deadline: examination.deadline())
        examination.rest(examination.timing.slowRead)
        let deadline = examination.deadline(after: examination.timing.answer + examination.timing.slowRead)
        let pause = examination.timing.slowRead / 64
        let start = ContinuousClock.now
        reading: while true {
            switch connection.next(deadline: deadline) {
            case .bytes(let bytes):
                slow.response += bytes
                if deadline.hasPassed { break reading }
                // The second half at full speed: a page may be large, and the point is made.
                if ContinuousClock.now - start < examination.timing.slowRead { examination.rest(pause) }
                continue
            case .closeNotify: slow.end = .closeNotify
            case .silence: slow.end = .silence
            case .finished: slow.end = .finished
            case .reset: slow.end = .reset
            case .alert(let alert): slow.end = .alert(alert)
            case .garbage(let reason): slow.end = .garbage(reason)
            }
            break
        }
        guard slow.end != .silence, slow.response.count < usual.response.count || slow.end != usual.end else {
            return []
        }
        return [
            Finding(
                .warning,
                "A client that reads slowly gets \(slow.response.count) of \(usual.response.count) bytes.",
                sent: slow.sentText,
                received: slow.receivedText,
                remedy: "Set no limit on a whole response, and do not close before the client has everything."
            )
        ]
    }
}

extension Examination {
    /// Waits for the server to give a silent connection up.
    fileprivate func patience(on connection: ProbeConnection, with what: String) -> [Finding] {
        let start = ContinuousClock.now
        let limit = self.deadline(after: self.timing.longestDeadline)
        waiting: while true {
            switch connection.next(deadline: limit) {
            // It may say why it goes.
            case .bytes where !limit.hasPassed: continue
            case .silence, .bytes:
                return [
                    Finding(
                        .warning,
                        "\(what) is still open after \((.now - start).seconds).",
                        remedy: "Give handshake and request a deadline of about ten seconds each."
                    )
                ]
            case .closeNotify, .alert, .garbage, .finished, .reset: break waiting
            }
        }
        let time = ContinuousClock.now - start
        guard time < self.timing.shortestDeadline else { return [.note("\(what) is closed after \(time.seconds).")] }
        return [
            Finding(
                .warning,
                "\(what) is closed after \(time.seconds) already.",
                remedy: "Leave clients on slow lines at least \(self.timing.shortestDeadline.seconds)."
            )
        ]
    }
}
