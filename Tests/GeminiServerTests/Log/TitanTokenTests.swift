import Testing

@testable import GeminiServer

@Suite("Tokens in the access log")
struct TitanTokenTests {
    @Test(
        "TI-23: a token is not written down",
        arguments: [
            ("titan://h/a;size=1;token=secret;mime=text/plain", "titan://h/a;size=1;token=***;mime=text/plain"),
            ("TITAN://h/a;size=1;Token=secret", "TITAN://h/a;size=1;Token=***"),
            ("titan://h/a;token=secret?q", "titan://h/a;token=***?q"),
            ("titan://h/a;token=", "titan://h/a;token=***"),
            ("titan://h/a;size=1", "titan://h/a;size=1"),
            ("gemini://h/a;token=page", "gemini://h/a;token=page"),
            ("", ""),
        ]
    )
    func masked(_ vector: (line: String, written: String)) {
        #expect(String(decoding: TitanToken.masked(Array(vector.line.utf8)), as: UTF8.self) == vector.written)
    }
}
