import Foundation
import JSON
import Testing

@Suite("JSON")
struct JSONValueTests {
    private static let texts = [
        "", "plain", "\"quoted\" \\ back", "a\nb\r\tc", "\u{0}\u{1}\u{1F}\u{7F}\u{85}\u{9F}", "\u{2028}\u{2029}", "é漢🦊",
        "/",
    ]

    private static func read(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    @Test("RFC 8259, section 7: any text comes back as it was", arguments: Self.texts)
    func strings(_ text: String) throws {
        let printed = JSONValue.string(text).description
        #expect(try Self.read(printed) as? String == text)
        #expect(printed.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{2028}" })
    }

    @Test("Values on one line")
    func line() {
        let value = JSONValue.object([
            ("b", 1), ("a", .array(["x", true, .null, .number(0.5), .number(.infinity)])), ("c", .object([])),
            ("d", .array([])),
        ])
        #expect(value.description == #"{"b": 1, "a": ["x", true, null, 0.5, null], "c": {}, "d": []}"#)
    }

    @Test("Values on lines of their own, but lists of texts on one")
    func lines() throws {
        let value = JSONValue.object([
            ("rows", .array(["GP-001", "GP-002"])), ("none", .array([])),
            (
                "checks",
                .array([.object([("id", "a"), ("seconds", .seconds(.milliseconds(1_002))), ("more", .object([]))])])
            ),
        ])
        #expect(
            value.indented == """
                {
                  "rows": ["GP-001", "GP-002"],
                  "none": [],
                  "checks": [
                    {
                      "id": "a",
                      "seconds": 1.002,
                      "more": {}
                    }
                  ]
                }
                """
        )
        #expect(try (Self.read(value.indented) as? [String: Any])?.keys.sorted() == ["checks", "none", "rows"])
    }

    @Test(
        "Seconds have three decimals",
        arguments: [
            (Duration.zero, "0.000"), (.milliseconds(7), "0.007"), (.seconds(12), "12.000"),
            (.milliseconds(59_999), "59.999"),
        ]
    )
    func seconds(_ time: Duration, _ text: String) {
        #expect(JSONValue.seconds(time).description == text)
    }
}
