import TOML
import Testing

/// What the values of TOML 1.0.0 may be, by the headings of its specification.
@Suite("TOML: values")
struct ValueTests {
    /// Reads a value, written as the other reader's would be.
    private func value(_ text: String) throws -> String {
        let node = try #require(try TOMLTable(parsing: "v = \(text)")["v"])
        return Canonical.text(node.value)
    }

    @Test(
        "String: one line, in double quotes",
        arguments: [
            (#""""#, "''"), (#""a""#, "'a'"), (#""'a'""#, "''a''"), ("\"a\tb\"", "'a<9>b'"), ("\"#no\"", "'#no'"),
            (#""\b\t\n\f\r\"\\""#, #"'<8><9><a><c><d>"\'"#), (#""\u00E9\u00e9""#, "'<e9><e9>'"),
            (#""\U0001F680""#, "'<1f680>'"),
            (#""\u0000\u001f\u007F""#, "'<0><1f><7f>'"), (#""\uD7FF\uE000\U0010FFFF""#, "'<d7ff><e000><10ffff>'"),
            ("\"\u{80}\u{FEFF}\u{10FFFF}\"", "'<80><feff><10ffff>'"), ("\"e\u{301}\"", "'e<301>'"),
        ]
    )
    func basicStrings(text: String, value: String) throws {
        #expect(try self.value(text) == value)
    }

    @Test(
        "String: one line, in single quotes",
        arguments: [
            ("''", "''"), (#"'C:\dir\u0041'"#, #"'C:\dir\u0041'"#), (#"'"a"'"#, #"'"a"'"#), ("'a\tb'", "'a<9>b'"),
            (#"'\'"#, #"'\'"#),
        ]
    )
    func literalStrings(text: String, value: String) throws {
        #expect(try self.value(text) == value)
    }

    @Test(
        "String: several lines; with ~ for a double quote here",
        arguments: [
            ("~~~~~~", "''"), ("~~~\na\nb~~~", "'a<a>b'"), ("~~~\r\na\r\nb~~~", "'a<a>b'"), ("~~~\n\na~~~", "'<a>a'"),
            ("~~~a\\\n   b~~~", "'ab'"), ("~~~a \\  \n\n \t b\\\r\n~~~", "'a b'"), ("~~~\\\n~~~", "''"),
            ("~~~a~b~~c~~~", "'a~b~~c'"), ("~~~a~~~~", "'a~'"), ("~~~a~~~~~", "'a~~'"), ("~~~~~a~~~", "'~~a'"),
            ("~~~~~~~", "'~'"), ("~~~~~~~~", "'~~'"), ("~~~\\~~~~~", "'~~'"), ("~~~\\~~\\~~~~", "'~~~'"),
            ("~~~a\\\\~~~", #"'a\'"#), (#"~~~\u0041\t'''~~~"#, "'A<9>''''"), ("'''\na\nb'''", "'a<a>b'"),
            ("'''a\r\nb'''", "'a<a>b'"), ("''''a'''''", "''a'''"), (#"'''\'''"#, #"'\'"#), ("''''''", "''"),
            ("'''a\\\n b'''", #"'a\<a> b'"#), ("'''~~~'''", "'~~~'"),
        ]
    )
    func longStrings(text: String, value: String) throws {
        #expect(try self.value(text.replacing("~", with: "\"")) == value.replacing("~", with: "\""))
    }

    @Test(
        "Integer",
        arguments: [
            ("0", 0), ("+0", 0), ("-0", 0), ("+99", 99), ("42", 42), ("-17", -17), ("1_000", 1000),
            ("5_349_221", 5_349_221),
            ("1_2_3_4_5", 12345), ("0xDEADBEEF", 0xDEAD_BEEF), ("0xdead_beef", 0xDEAD_BEEF), ("0x00_1", 1),
            ("0o01234567", 0o1234567),
            ("0o755", 0o755), ("0b1101_0110", 0b1101_0110), ("9223372036854775807", .max),
            ("-9223372036854775808", .min),
            ("0x7fffffffffffffff", .max), ("0o777777777777777777777", .max),
        ]
    )
    func integers(text: String, value: Int) throws {
        #expect(try self.value(text) == "\(value)")
    }

    @Test(
        "Float",
        arguments: [
            ("+1.0", 1.0), ("3.1415", 3.1415), ("-0.01", -0.01), ("5e+22", 5e22), ("1e06", 1e6), ("-2E-2", -2e-2),
            ("6.626e-34", 6.626e-34),
            ("224_617.445_991_228", 224_617.445_991_228), ("0.0", 0), ("-0.0", -0.0), ("0e0", 0), ("1_0e1_0", 10e10),
            ("inf", .infinity),
            ("+inf", .infinity), ("-inf", -.infinity), ("nan", .nan), ("+nan", .nan), ("-nan", .nan),
            ("1.7976931348623157e308", 0x1.fffffffffffffp1023),
            ("1e-400", 0), ("4.9e-324", 0x1p-1074), ("0.1000000000000000055511151231257827021181583404541015625", 0.1),
        ]
    )
    func floats(text: String, value: Double) throws {
        #expect(try self.value(text) == Canonical.float(value))
    }

    @Test("Boolean", arguments: [true, false])
    func booleans(value: Bool) throws {
        #expect(try self.value("\(value)") == "\(value)")
    }

    @Test(
        "Dates and times are kept as they are written",
        arguments: [
            "1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27T00:32:00.999999-07:00",
            "1979-05-27 07:32:00Z",
            "1979-05-27t07:32:00z", "1979-05-27T07:32:00", "1979-05-27 00:32:00.5", "1979-05-27", "07:32:00",
            "00:32:00.999999999999",
            "0000-01-01", "9999-12-31T23:59:59+23:59", "2000-02-29", "2024-02-29", "1979-12-31", "1979-04-30",
            "2016-12-31T23:59:60Z",
        ]
    )
    func moments(text: String) throws {
        guard case .moment(text)? = try TOMLTable(parsing: "v = \(text) # a comment")["v"]?.value else {
            Issue.record("\(text)")
            return
        }
    }

    @Test(
        "Array",
        arguments: [
            ("[]", "[]"), ("[ ]", "[]"), ("[1,2]", "[1, 2]"), ("[ [ 1, 2 ], [\"a\"] ]", "[[1, 2], ['a']]"),
            ("[1, 'a', true, 1.5]", "[1, 'a', true, 1.5]"),
            ("[\n  1, # one\n  # none\n\n  2,\n]", "[1, 2]"), ("[1\r\n,\r\n2\r\n]", "[1, 2]"),
            ("[1979-05-27 ,1979-05-27 07:32:00]", "[1979-05-27, 1979-05-27T07:32:00]"),
            ("[{a = 1}, {a = 2}]", "[{'a': 1}, {'a': 2}]"), ("[\"]\", '[']", "[']', '[']"), ("[[[[]]]]", "[[[[]]]]"),
            ("[#]\n]", "[]"),
        ]
    )
    func arrays(text: String, value: String) throws {
        #expect(try self.value(text) == value)
    }

    @Test(
        "Inline table",
        arguments: [
            ("{}", "{}"), ("{ }", "{}"), ("{ first = 'A', last = 'B' }", "{'first': 'A', 'last': 'B'}"),
            ("{a.b = 1,a.c = 2}", "{'a': {'b': 1, 'c': 2}}"),
            ("{a = {b = {}}}", "{'a': {'b': {}}}"), ("{a = [\n1,\n2\n]}", "{'a': [1, 2]}"),
            ("{a = '''\nb'''}", "{'a': 'b'}"), ("{'' = 1}", "{'': 1}"),
            ("{a = 1979-05-27}", "{'a': 1979-05-27}"), ("{a=1}#c", "{'a': 1}"),
        ]
    )
    func inlineTables(text: String, value: String) throws {
        #expect(try self.value(text) == value)
    }
}
