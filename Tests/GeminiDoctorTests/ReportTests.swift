import Foundation
import GeminiProtocol
import Testing

@testable import GeminiDoctor

@Suite("Reports")
struct ReportTests {
    private static func diagnosis() throws -> Diagnosis {
        let fragment = try #require(Check.all.first { $0.id == "fragment" })
        let versions = try #require(Check.all.first { $0.id == "tls-versions" })
        let exchange = Exchange(
            request: Check.line("gemini://h/#\u{1B}[2J"),
            response: Array("20 text/gemini\r\n\"é\"\\\n".utf8) + [0xFF],
            end: .finished
        )
        let again = Exchange(request: Check.line("gemini://h/#"), response: [], end: .reset)
        return Diagnosis(
            url: try GeminiURL("gemini://h/"),
            address: "192.0.2.1:1965",
            results: [
                .init(check: versions, findings: [.note("TLS 1.3 is spoken.")], duration: .milliseconds(12)),
                .init(
                    check: fragment,
                    findings: [
                        Finding(.violation, "A fragment is accepted.", exchange, remedy: "Answer 59."),
                        Finding(.violation, "A fragment is accepted.", again, remedy: "Answer 59."),
                        Finding(.warning, rows: ["DA-03"], "Something else."),
                    ].merged,
                    duration: .milliseconds(1_234)
                ),
            ],
            duration: .milliseconds(1_300)
        )
    }

    @Test("For a person")
    func text() throws {
        #expect(
            TextReport(try Self.diagnosis()).lines.joined(separator: "\n") == #"""
                gemini://h/ at 192.0.2.1:1965

                TLS
                  TLS 1.3 is spoken.

                Requests
                  violation: A fragment is accepted. [GP-045 DA-03]
                      sent: gemini://h/#\x1b[2J\r\n
                      came: 20 text/gemini\r\n"é"\\\n\xff, then FIN without close_notify
                      sent: gemini://h/#\r\n
                      came: a reset connection
                      mend: Answer 59.
                  warning: Something else. [DA-03]

                1 violation, 1 warning. 1 of 2 checks without objection, in 1.3 s.
                """#
        )
    }

    @Test("For a person with colours")
    func styled() throws {
        let report = TextReport(try Self.diagnosis()) { "<\($1)>\($0)</\($1)>" }
        let text = report.lines.joined(separator: "\n")
        #expect(text.contains("<heading>Requests</heading>"))
        #expect(text.contains("<violation>violation</violation>: A fragment is accepted. <dim>[GP-045 DA-03]</dim>"))
        #expect(text.contains("<violation>1 violation, 1 warning</violation>."))
    }

    @Test("For a program")
    func json() throws {
        let text = JSONReport(try Self.diagnosis()).text
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["url"] as? String == "gemini://h/")
        #expect(object["violations"] as? Int == 1)
        #expect(object["warnings"] as? Int == 1)
        #expect(object["seconds"] as? Double == 1.3)
        let checks = try #require(object["checks"] as? [[String: Any]])
        #expect(checks.map { $0["id"] as? String } == ["tls-versions", "fragment"])
        let finding = try #require((checks[1]["findings"] as? [[String: Any]])?.first)
        #expect(finding["level"] as? String == "violation")
        #expect(finding["rows"] as? [String] == ["GP-045", "DA-03"])
        #expect(finding["remedy"] as? String == "Answer 59.")
        let evidence = try #require(finding["evidence"] as? [[String: String]])
        #expect(evidence.count == 2)
        #expect(evidence[0]["sent"] == #"gemini://h/#\x1b[2J\r\n"#)
    }

    @Test(
        "Bytes as text",
        arguments: [
            ("a b~", "a b~"), ("\r\n\t\\", #"\r\n\t\\"#), ("\u{0}\u{1B}\u{7F}", #"\x00\x1b\x7f"#), ("é世😀", "é世😀"),
            ("\u{202E}", #"\xe2\x80\xae"#), ("\u{9B}", #"\xc2\x9b"#),
        ]
    )
    func escaped(_ vector: (text: String, shown: String)) {
        #expect(Escaped.text(Array(vector.text.utf8), limit: 100) == vector.shown)
    }

    @Test("Long ones are cut, and the rest is counted")
    func cut() {
        #expect(Escaped.text([UInt8](repeating: 0x61, count: 12), limit: 4) == "aaaa… (8 more bytes)")
        #expect(Escaped.text([0x61, 0xC3, 0xA9], limit: 2) == "a\\xc3… (1 more bytes)")
    }
}
