import CanaveralConfiguration
import TOML
import TestSupport
import Testing

@Suite("Writing canaveral.toml")
struct ConfigurationDocumentTests {
    /// What a value may hold at worst.
    private static let pieces = [
        "\u{0}", "\"", "'", "\\", "\n", "\r", "\r\n", "\t", "\u{1}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{2028}",
        "\u{202E}",
        "\u{FEFF}",
        "#", "]", "[[host]]", "=", "\"\"\"", "'''", "\\u0041", "{", "}", ",", " ", "é", "🚀", "\u{E0001}", "a", "",
    ]

    private static func text(_ generator: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }

    private static func value(
        _ generator: inout some RandomNumberGenerator,
        depth: Int = 0
    ) -> ConfigurationDocument.Value {
        switch Int.random(in: 0...(depth < 2 ? 4 : 2), using: &generator) {
        case 0: return .integer(Int.random(in: -9...9_999_999, using: &generator))
        case 1: return .boolean(Bool.random(using: &generator))
        case 3:
            // Of one kind, as lists of settings are.
            return .strings((0..<Int.random(in: 0...9, using: &generator)).map { _ in Self.text(&generator) })
        case 4:
            var members: [ConfigurationDocument.Member] = []
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let key = Self.text(&generator)
                guard !members.contains(where: { $0.key == key }) else { continue }
                members.append(.init(key, Self.value(&generator, depth: depth + 1)))
            }
            return .table(members)
        default: return .string(Self.text(&generator))
        }
    }

    @Test("Whatever keys, values and comments hold, the text reads as the same values", arguments: 0..<300)
    func sameValues(seed: Int) throws {
        var generator = SeededGenerator(state: UInt64(seed))
        var document = ConfigurationDocument()
        document.top.remarks = [Self.text(&generator), Self.text(&generator)]
        func table(_ generator: inout SeededGenerator) -> ConfigurationDocument.Table {
            var table = ConfigurationDocument.Table()
            for number in 0..<Int.random(in: 0...5, using: &generator) {
                table.set("\(Self.text(&generator))\(number)", to: Self.value(&generator), from: Self.text(&generator))
            }
            return table
        }
        document.top.set("root", to: Self.value(&generator), from: Self.text(&generator))
        for _ in 0..<3 {
            var host = table(&generator)
            host.remarks = [Self.text(&generator)]
            host.append("location", table(&generator))
            host.add("cgi", table(&generator))
            document.top.append("host", host)
        }
        document.top.add("log", table(&generator))
        try expectSame(document, as: document.description)
        // What steers a terminal is not in it as it is.
        let isHarmless = document.description.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
        }
        #expect(isHarmless)
    }

    @Test("A hostile host name and file name stay what they are")
    func hostileValues() throws {
        let name = "a\"\n[[host]]\nname = \"b\u{1B}[2J"
        let imported = try JetforceImport.configuration(
            ["--hostname", name, "--dir", "/x'\r\n#\""],
            at: MemorySite().site()
        )
        try expectSame(imported.document, as: imported.document.description)
        guard case .array(let hosts)? = try TOMLTable(parsing: imported.document.description)["host"]?.value else {
            Issue.record("There are no hosts.")
            return
        }
        #expect(hosts.count == 1)
        guard case .table(let host)? = hosts.first?.value, case .string(name)? = host["name"]?.value else {
            Issue.record("The host has another name.")
            return
        }

        let file = "/etc/gm\nid = \"x\"\u{1B}.conf"
        let site = MemorySite([
            file: "user \"\u{1B}]0;x\u{7}\"\nserver \"a\u{9B}b\" { location \"/x\\\"]\" { lang \"'\" } }"
        ])
        let gmid = try GmidImport.configuration(ofFile: file, at: site.site())
        try expectSame(gmid.document, as: gmid.document.description)
    }

    @Test(
        "Settings are in the manual page's order, long lists on several lines, and many members in a table of their own"
    )
    func layout() {
        var document = ConfigurationDocument()
        var host = ConfigurationDocument.Table()
        host.set("language", to: "en")
        host.set("name", to: "example.org", from: "somewhere")
        host.set("aliases", to: .strings((1...8).map { "www\($0).example.org" }))
        host.set("media-types", to: .table((1...4).map { .init("x\($0)", .string("text/x")) }))
        document.top.append("host", host)
        document.top.set("listen", to: .strings(["[::]:1965"]))
        document.top.remarks = ["Hello."]
        #expect(
            document.description == """
                # Hello.

                listen = ["[::]:1965"]

                [[host]]
                name = "example.org"  # somewhere
                aliases = [
                    "www1.example.org",
                    "www2.example.org",
                    "www3.example.org",
                    "www4.example.org",
                    "www5.example.org",
                    "www6.example.org",
                    "www7.example.org",
                    "www8.example.org",
                ]
                language = "en"

                [host.media-types]
                x1 = "text/x"
                x2 = "text/x"
                x3 = "text/x"
                x4 = "text/x"

                """
        )
    }
}
