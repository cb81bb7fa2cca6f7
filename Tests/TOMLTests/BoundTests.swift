import TOML
import Testing

/// Whatever the bytes are, reading them ends, soon, and with the process alive.
@Suite("TOML: bounds", .timeLimit(.minutes(10)))
struct BoundTests {
    /// A document with all there is.
    private static let everything = """
        # A comment
        a = 'b' # another
        "c \\u00e9" . 'd' = "e\\t\\U0001F680"
        f = \"\"\"
        g \\
           h\"\"i\"\"\"\"\"
        j = '''
        k''l'''
        m = [-1, 0x2F, 0o17, 0b1_0, 1_000.5e-3, +inf, -nan, true, false, [ # c
          1979-05-27T07:32:00.5-07:00, 1979-05-27 07:32:00, 1979-05-27, 07:32:00, ],
        ]
        n = { o.p = 1, q = [{}, { r = '' }], 's' = \"\" }

        [t.u]
        v.w = 1
        [[x]]
        y = 1
        [x.z]
        [[x.a.b]]\r
        c = 1\r

        """

    @Test("Every prefix of a document with all there is, and every change of one byte, is read or refused")
    func everyPrefix() throws {
        let bytes = Array(Self.everything.utf8)
        _ = try TOMLTable(parsing: bytes)
        var taken = 0
        for length in bytes.indices {
            if (try? TOMLTable(parsing: Array(bytes[..<length]))) != nil { taken += 1 }
            for byte in [0x00, 0x0A, 0x22, 0x5B, 0x5C, 0xFF] as [UInt8] {
                var changed = bytes
                changed[length] = byte
                _ = try? TOMLTable(parsing: changed)
            }
        }
        #expect(taken > 20 && taken < bytes.count / 2)
    }

    /// Documents in which so many tables and lists lie in one another.
    private static func nested(_ depth: Int) -> [String] {
        func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
        return [
            "a = \(many("[", depth))\(many("]", depth))",
            "a = \(many("{ a = ", depth))1\(many("}", depth))",
            "a = \(many("[{ a = ", depth / 2))1\(many("}]", depth / 2))",
            "\(many("a.", depth))a = 1",
            "[a\(many(".a", depth - 1))]",
            "[[a\(many(".a", depth - 2))]]",
            "\(many("[[a]]\n[a.b]\n", 1))a = \(many("[", depth - 3))\(many("]", depth - 3))",
            "a\(many(".a", depth / 2)) = \(many("[", depth - depth / 2))\(many("]", depth - depth / 2))",
            "a = { a\(many(".a", depth - 2)) = [] }",
        ]
    }

    @Test("Tables and lists lie in one another up to a hundred deep")
    func deep() throws {
        for (whole, tooDeep) in zip(Self.nested(TOMLTable.deepest), Self.nested(TOMLTable.deepest + 2)) {
            #expect(throws: Never.self, "\(whole)") { try TOMLTable(parsing: whole) }
            let error = #expect(throws: TOMLError.self, "\(tooDeep)") { try TOMLTable(parsing: tooDeep) }
            #expect(error?.sentence.hasPrefix("100 tables and lists lie in one another here: ") == true)
        }
        for text in Self.nested(200_000) { #expect(throws: TOMLError.self) { try TOMLTable(parsing: text) } }
    }

    @Test("Headers of lists that are in one another are as deep as what they make")
    func deepHeaders() throws {
        var text = ""
        var name = "a"
        while name.utf8.count < 2 * 60 {
            text += "[[\(name)]]\n"
            name += ".a"
        }
        #expect(throws: TOMLError.self) { try TOMLTable(parsing: text) }
    }

    private static let repeated: [(String, @Sendable (Int) -> String)] = [
        ("keys", { "key\($0) = 'value' # \($0)\n" }),
        ("headers", { "[a.table\($0)]\nb = 1\n" }),
        ("a list of tables", { "[[list]]\nnumber = \($0)\n" }),
        ("dotted keys", { "a.b.c\($0).d = 1\n" }),
        ("lists", { "a\($0) = [1, [2, 3], { b = 4 }, 'five']\n" }),
        ("blank lines", { _ in "\n\r\n   \t\n" }),
        ("comments", { _ in "# \n" }),
    ]

    private static func time(_ text: String) throws -> Duration {
        try ContinuousClock().measure { _ = try TOMLTable(parsing: text) }
    }

    @Test("Of a document that is eight times as long, reading takes about eight times as long", arguments: 0..<12)
    func linear(number: Int) throws {
        func text(_ size: Int) -> String {
            if number < Self.repeated.count {
                return (0..<size / 16).map(Self.repeated[number].1).joined()
            }
            let long = String(repeating: "x\\\n \"\"\\u0041é", count: size / 8)
            switch number - Self.repeated.count {
            case 0: return "a = \"\"\"\(long)\"\"\""
            case 1: return "a = [\(String(repeating: "1, ", count: size))]"
            case 2: return "a = {\((0..<size / 8).map { "k\($0) = 1" }.joined(separator: ", "))}"
            case 3: return "a = 0.\(String(repeating: "1", count: size))"
            default: return "a = \"\(String(repeating: "\\n", count: size))\""
            }
        }
        // A machine that is busy may be slow once, but not each time; of a square, it would be 64 times as long.
        let (short, long) = (text(1 << 13), text(1 << 16))
        var ratios: [Double] = []
        repeat {
            ratios.append(try Self.time(long) / Self.time(short))
        } while ratios.count < 5 && ratios.allSatisfy { $0 > 24 }
        #expect(ratios.contains { $0 <= 24 }, "\(ratios)")
    }

    @Test("A document of a mebibyte that is wrong at its end is refused as fast")
    func lateErrors() throws {
        let body = (0..<40_000).map { "key\($0) = 'a longer value'\n" }.joined()
        #expect(body.utf8.count > 1 << 20)
        for end in ["key1 = 2", "\u{0}"] {
            let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: body + end) }
            #expect(error?.line == 40_001)
        }
        let bytes = Array(body.utf8) + [0xFF]
        let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: bytes) }
        #expect(error?.line == 40_001 && error?.column == 1)
    }
}
