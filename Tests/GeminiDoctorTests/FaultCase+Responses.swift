@testable import GeminiDoctor

extension FaultCase {
    private static func home(_ response: String) -> Fault {
        .answering { $0.path == "/" ? response : nil }
    }

    private static func missing(_ response: String) -> Fault {
        .answering { $0.text.contains("09pds") ? response : nil }
    }

    static let responses: [FaultCase] = [
        FaultCase("home-page", .violation, "GP-070", home("Hello\r\n")),
        FaultCase("home-page", .warning, "DG-10", home("31 /index.gmi\r\n")),
        FaultCase("home-page", .warning, "DG-09", home("20 text/html\r\n<p>\n")),
        FaultCase("home-page", .warning, "DG-09", home("20 text/gemini\r\n")),
        FaultCase("home-page", .warning, "GP-118", home("20 text/gemini\r\n\u{FEFF}# A\n")),
        FaultCase("home-page", .warning, "GP-116", home("20 text/gemini\r\n# A\r\nb\n")),
        FaultCase("home-page", .warning, "DG-09", home("20 text/gemini\r\n# A\nb")),
        FaultCase("home-page", .violation, "GP-113", .with(\.answer) { $0.path == "/" ? latin1 : nil }),
        FaultCase("every-response", .violation, "GP-070", missing("51 Not found\n")),
        FaultCase("every-response", .violation, "GP-070", missing("NOT FOUND\r\n")),
        FaultCase("every-response", .violation, "GP-070", missing("51 Not f")),
        FaultCase("every-response", .violation, "GP-071", missing("\u{FEFF}51 Not found\r\n")),
        FaultCase("every-response", .violation, "GP-072", missing("51  Not found\r\n")),
        FaultCase("every-response", .violation, "GP-073", home("20\r\n# A\n")),
        FaultCase("every-response", .violation, "GP-073", missing("51 \r\n")),
        FaultCase("every-response", .violation, "GP-130", missing("30 \r\n")),
        FaultCase("every-response", .warning, "GP-074", missing("51\r\n")),
        FaultCase("every-response", .violation, "GP-075", missing("51 Not\tfound\r\n")),
        FaultCase("every-response", .warning, "GP-076", missing("51 \(String(repeating: "x", count: 1100))\r\n")),
        FaultCase("every-response", .violation, "GP-077", missing("55 What?\r\n")),
        FaultCase("every-response", .violation, "GP-077", missing("99 What?\r\n")),
        FaultCase("every-response", .violation, "GP-078", missing("51 Not found\r\n# Not found\n")),
        FaultCase("every-response", .warning, "GP-093", missing("44 Wait\r\n")),
        FaultCase("every-response", .violation, "GP-110", home("20 gemtext\r\n# A\n")),
        FaultCase("every-response", .violation, "GP-130", missing("30 /a b\r\n")),
        FaultCase("every-response", .violation, "GP-130", loop),
        FaultCase("every-response", .warning, "DA-16", missing("30 /café\r\n")),
        FaultCase("every-response", .warning, "GP-134", missing("30 /a#b\r\n")),
        FaultCase("every-response", .warning, "GP-139", missing("30 https://localhost/\r\n")),
        FaultCase("every-response", .warning, "GP-143", missing("30 ?a\r\n")),
        FaultCase("every-response", .violation, "GP-010", .with(\.end, .finished)),
        FaultCase("every-response", .violation, "GP-010", .with(\.end, .reset)),
        FaultCase("every-response", .violation, "GP-009", .with(\.end, .never)),
        FaultCase("still-alive", .violation, "GP-012", .answering { $0.number > 1 ? "40 Broken\r\n" : nil }),
        FaultCase("folder-redirect", .warning, "GP-142", .answering { $0.path == "/sub" ? SoundAnswer.home : nil }),
        FaultCase("folder-redirect", .warning, "GP-142", .answering { $0.path == "/sub" ? "31 /bus/\r\n" : nil }),
        FaultCase("redirect-chains", .violation, "GP-136", .answering { $0.path == "/" ? "30 /a?\r\n" : circle($0) }),
        FaultCase("close-notify", .violation, "GP-010", .with(\.end, .finished)),
        FaultCase("close-notify", .violation, "DG-06", .with(\.end, .reset)),
        FaultCase("prompt-close", .warning, "GP-015", .with(\.end, .afterClient)),
        FaultCase("prompt-close", .warning, "GP-015", .with(\.end, .never)),
        FaultCase("half-close", .warning, "GP-012", .with(\.dropsAtHalfClose, true)),
        FaultCase("concurrent", .warning, "GP-016", .with(\.places, 1)),
        FaultCase("burst", .warning, "GP-016", .answering { $0.number > 12 ? "41 Busy\r\n" : nil }),
        FaultCase("many-connections", .warning, "GP-016", patient(places: 30)),
        FaultCase("handshake-deadline", .warning, "GP-017", .with(\.patience, nil)),
        FaultCase("handshake-deadline", .warning, "GP-017", .hasty(.milliseconds(200))),
        FaultCase("request-deadline", .warning, "GP-017", .with(\.patience, nil)),
        FaultCase("request-deadline", .warning, "DA-30", .hasty(.milliseconds(200))),
        FaultCase("dripping-request", .warning, "GP-017", .with(\.isPatienceRenewed, true)),
        FaultCase("slow-reader", .warning, "GP-122", path: "/big.txt", .with(\.responseLimit, .milliseconds(200))),
    ]

    private static let latin1 = Array("20 text/gemini\r\n# Caf".utf8) + [0xE9, 0x0A]

    private static let loop = Fault.answering { request in
        request.text.contains("09pds") ? "30 \(request.text)\r\n" : nil
    }

    @Sendable
    private static func circle(_ request: Fault.Request) -> String? {
        guard let path = request.path, path.hasPrefix("/a?") else { return nil }
        return "30 \(path)x\r\n"
    }

    private static func patient(places: Int) -> Fault {
        var fault = Fault.with(\.places, places)
        fault.patience = .seconds(20)
        return fault
    }
}
