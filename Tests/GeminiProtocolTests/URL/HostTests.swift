import GeminiProtocol
import Testing

@Suite("Hosts")
struct HostTests {
    @Test("GP-027: names compare in lower case")
    func caseInsensitive() throws {
        #expect(try Host("LocalHost") == Host("localhost"))
        #expect(try Host("LocalHost").description == "localhost")
        #expect(try Host("LOCALHOST").name == "localhost")
        #expect(try Host("localhost").isIPAddress == false)
        #expect(try Set([Host("A.b"), Host("a.B")]).count == 1)
    }

    @Test("GP-031: one trailing dot is ignored when matching")
    func trailingDot() throws {
        #expect(try Host("h.").matches(Host("H")))
        #expect(try Host("h").matches(Host("h.")))
        #expect(try Host("h.").withoutTrailingDot == Host("h"))
        #expect(try Host("h.").description == "h.")
        #expect(try !Host("h").matches(Host("i")))
        #expect(try Host("127.0.0.1").withoutTrailingDot == Host("127.0.0.1"))
        #expect(throws: HostError.emptyLabel) { try Host("h..") }
        #expect(throws: HostError.emptyLabel) { try Host(".") }
    }

    @Test("RFC 1035 §2.3.4: labels of 63 bytes and names of 253 are the longest")
    func lengths() throws {
        let label = String(repeating: "a", count: 63)
        let name = "\(label).\(label).\(label).\(String(repeating: "b", count: 61))"
        #expect(name.utf8.count == 253)
        #expect(try Host(name).name == name)
        #expect(try Host(name + ".").name == name + ".")
        #expect(throws: HostError.nameTooLong) { try Host(name + "b") }
        #expect(throws: HostError.labelTooLong) { try Host(label + "a") }
        #expect(throws: HostError.labelTooLong) { try Host("x.\(label)a.y") }
        // "xn--", 55 letters, a hyphen and three digits are 63 bytes.
        let longest = String(repeating: "a", count: 55) + "\u{FC}"
        #expect(try Host(longest).name?.utf8.count == 63)
        #expect(throws: HostError.labelTooLong) { try Host("a" + longest) }
        #expect(throws: HostError.labelTooLong) { try Host(String(repeating: "\u{FC}", count: 100_000)) }
    }

    @Test(
        "What no host name can hold is an error",
        arguments: [
            ("", HostError.empty), ("a..b", .emptyLabel), (".a", .emptyLabel), ("-a", .misplacedHyphen),
            ("a-.b", .misplacedHyphen), ("a b", .invalidCharacter(" ")), ("a!b", .invalidCharacter("!")),
            ("a%62", .invalidCharacter("%")), ("a/b", .invalidCharacter("/")), ("a@b", .invalidCharacter("@")),
            ("a\u{0}b", .invalidCharacter("\u{0}")), ("h[", .invalidCharacter("[")), ("a~b", .invalidCharacter("~")),
            ("[", .invalidIPv6Address), ("[]", .invalidIPv6Address), ("[::1", .invalidIPv6Address),
            ("h:80", .invalidIPv6Address), ("[v1.fe::a+b]", .invalidIPv6Address),
            ("[fe80::1%25eth0]", .invalidIPv6Address),
            ("fe80::1%eth0", .invalidIPv6Address), ("[127.0.0.1]", .invalidIPv6Address),
        ]
    )
    func refuses(text: String, error: HostError) {
        #expect(throws: error) { try Host(text) }
        #expect(error.description.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
    }

    @Test(
        "Underscores, digits and inner hyphens are parts of names",
        arguments: ["my_app", "4chan.org", "r3---sn.x", "a1"]
    )
    func unusualNames(text: String) throws {
        #expect(try Host(text).name == text)
    }

    @Test(
        "A name that ends in a number is an IPv4 address or nothing: resolvers disagree about the rest",
        arguments: [
            "127.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "127.0.0.01", "256.1.1.1", "1.2.3.4.5", "1.2.3", "0x",
            "a.1",
            "127.0.0.1.", "1.2.3.0x4", "a.0XfF",
        ]
    )
    func numericNames(text: String) {
        #expect(throws: (any Error).self) { try Host(text) }
        #expect(throws: (any Error).self) { try GeminiURL("gemini://\(text)/") }
    }

    @Test("GP-028: an A-label, a U-label and its percent-encoded form are one host")
    func international() throws {
        let host = try Host("xn--caf-dma.localhost")
        #expect(try Host("caf\u{E9}.localhost") == host)
        #expect(try Host("CAF\u{C9}.LocalHost") == host)
        #expect(try Host("XN--CAF-DMA.LOCALHOST") == host)
        #expect(try GeminiURL("gemini://caf%C3%A9.localhost/").host == host)
        #expect(try GeminiURL("gemini://caf\u{E9}%2elocalhost/").host == host)
        #expect(try GeminiURL("gemini://exa%6Dple.org/").host == (try Host("example.org")))
        #expect(try GeminiURL("gemini://127.0.0.%31/").host == (try Host("127.0.0.1")))
        #expect(host.unicodeDescription == "caf\u{E9}.localhost")
        #expect(host.description == "xn--caf-dma.localhost")
    }

    @Test(
        "Percent-escapes in a host cannot smuggle delimiters",
        arguments: [
            ("a%2Fb", HostError.invalidCharacter("/")), ("a%40b", .invalidCharacter("@")),
            ("a%3A80", .invalidCharacter(":")),
            ("a%00", .invalidCharacter("\u{0}")), ("a%25", .invalidCharacter("%")),
            ("%5B::1%5D", .invalidCharacter("[")),
            ("a%zz", .invalidPercentEscape), ("a%4", .invalidPercentEscape), ("a%FF", .invalidPercentEscape),
            ("127.0.0.%31%31%31%31", .invalidIPv4Address),
        ]
    )
    func escapes(text: String, error: HostError) {
        #expect(throws: (any Error).self) { try URIReference("//\(text)/") }
        if text != "%5B::1%5D" {
            #expect(throws: URIError.invalidHost(error)) { try URIReference("//\(text)/") }
        }
    }

    @Test("A host for display shows only labels that encode back to what they are")
    func unicodeDescription() throws {
        #expect(try Host("xn--bcher-kva.xn--p1ai").unicodeDescription == "b\u{FC}cher.\u{440}\u{444}")
        #expect(try Host("xn--i-7iq.ws").unicodeDescription == "i\u{2764}.ws")
        // Not decodable, decodes to ASCII, decodes to what would be mapped to something else.
        for name in ["xn--zzzzzz99999999", "xn--abc-1", "xn--a", "xn--bcher-kv", "xn--abc", "xn--80ak6aa92e-", "plain"]
        {
            if let host = try? Host(name) {
                #expect(host.unicodeDescription == name)
            }
        }
        let capital = "xn--" + (try Punycode.encode("\u{DC}x"))
        #expect(try Host(capital).unicodeDescription == capital.lowercased())
        #expect(try Host("::1").unicodeDescription == "[::1]")
    }

    @Test("An A-label that is not valid Punycode is a name like any other, and never a crash")
    func brokenALabels() throws {
        for name in ["xn--zzzzzz99999999.org", "xn--a", "xn--99999999999999999999", "xn--ab--c"] {
            #expect(try Host(name).name == name)
            #expect(try Host(name).unicodeDescription == name)
        }
        #expect(throws: HostError.misplacedHyphen) { try Host("xn--") }
    }

    @Test(
        "UTS #46: names are mapped as clients do it",
        arguments: [
            ("B\u{DC}CHER.example", "xn--bcher-kva.example"), ("b\u{FC}cher\u{3002}example", "xn--bcher-kva.example"),
            ("a\u{FF0E}b\u{FF61}c", "a.b.c"), ("\u{FF25}xample", "example"), ("fa\u{AD}\u{DF}.de", "xn--fa-hia.de"),
            ("\u{3B2}\u{3CC}\u{3BB}\u{3BF}\u{3C2}.gr", "xn--nxasmm1c.gr"), ("\u{130}x", "xn--ix-rub"),
            ("\u{212A}elvin", "kelvin"), ("\u{2764}\u{FE0F}.ws", "xn--qei.ws"), ("\u{1F4A9}.la", "xn--ls8h.la"),
            ("\u{915}\u{94D}\u{200D}\u{937}.in", "xn--11b2ezcw70k.in"),
        ]
    )
    func mapping(text: String, name: String) throws {
        #expect(try Host(text).name == name)
    }

    @Test(
        "UTS #46: what cannot be in a name is refused",
        arguments: [
            ("\u{301}a", HostError.invalidCharacter("\u{301}")), ("a\u{202E}b", .invalidCharacter("\u{202E}")),
            ("\u{E9}\u{85}", .invalidCharacter("\u{85}")), ("\u{E000}", .invalidCharacter("\u{E000}")),
            ("a\u{A0}b", .invalidCharacter("\u{A0}")), ("\u{2028}x", .invalidCharacter("\u{2028}")),
            ("a\u{200D}\u{E9}", .invalidCharacter("\u{200D}")), ("\u{FFFF}", .invalidCharacter("\u{FFFF}")),
            ("xn--\u{FC}", .invalidLabel), ("-\u{FC}", .misplacedHyphen), ("\u{FC}-", .misplacedHyphen),
            ("a\u{FF0F}b", .invalidCharacter("/")), ("a.\u{AD}.b", .emptyLabel), ("\u{AD}", .empty),
            ("\u{FF11}.\u{FF12}", .invalidIPv4Address),
        ]
    )
    func refusesText(text: String, error: HostError) {
        #expect(throws: error) { try Host(text) }
    }

    @Test("The limit of the mapping: text that is not in NFC is another name")
    func normalizationLimit() throws {
        #expect(try Host("cafe\u{301}.x") != Host("caf\u{E9}.x"))
    }
}
