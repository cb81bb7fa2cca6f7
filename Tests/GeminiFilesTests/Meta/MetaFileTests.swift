import GeminiProtocol
import Testing

@testable import GeminiFiles

@Suite("The text of .meta files")
struct MetaFileTests {
    private static func parse(_ text: String) -> MetaFile {
        MetaFile(parsing: Array(text.utf8).span)
    }

    private static func setting(_ path: String, in text: String) -> MetaFile.Setting? {
        Self.parse(text).setting(for: path.split(separator: "/").map { Array($0.unicodeScalars) })
    }

    static func vectors() throws -> [(String, MetaFile.Setting)] {
        [
            ("a: ;lang=de", .parameters([try MediaType.Parameter("lang", "de")])),
            (
                "a:;lang=de;charset=latin-1 # comment",
                .parameters([try .init("lang", "de"), try .init("charset", "latin-1")])
            ),
            ("a:", .parameters([])), ("a: ;", .parameters([])), (" \ta :\t text/plain \r", .mediaType(.plainText)),
            ("a: Text/X-Y; charset=utf-8", .mediaType("text/x-y; charset=utf-8")),
            ("a: 20 text/x; charset=utf-8", .mediaType("text/x; charset=utf-8")),
            ("a: 52 Gone: for good", .response(try ResponseHeader(.gone, "Gone: for good"))),
            ("a: 52", .response(try ResponseHeader(.gone))),
            ("a: 51\tNothing", .response(try ResponseHeader(.notFound, "Nothing"))),
            ("a: 30 /b", .response(.redirect(to: "/b"))),
            ("a: 31 gemini://ex.org/x?y", .response(.redirect(to: "gemini://ex.org/x?y", permanent: true))),
            ("a: 10 Name?", .response(.input("Name?"))), ("a: 44 10", .response(try ResponseHeader(.slowDown, "10"))),
            ("\u{FEFF}a: text/plain", .mediaType(.plainText)),
        ]
    }

    @Test("Each form of a line, as agate reads it", arguments: try MetaFileTests.vectors())
    func forms(_ vector: (text: String, setting: MetaFile.Setting)) {
        let file = Self.parse(vector.text)
        #expect(file.problems.isEmpty)
        #expect(file.setting(for: [["a"]]) == vector.setting)
    }

    @Test(
        "A line that says nothing is a problem, and no more than that",
        arguments: [
            "no colon", ": text/plain", "a/: 52 Gone", "/a: 52 Gone", "../a: 52 Gone", "[: 52 Gone", "a: text",
            "a: ;lang", "a: ;=", "a: 5 Gone", "a: 522 Gone", "a: 99 What", "a: 55 Undefined", "a: 20", "a: 20 Gone",
            "a: 30", "a: 31 not a reference", "a: 31 http://[", "a: text/plain\u{7};x=y", "a: 00 No", "a: 7zip/x y",
            "a: \(String(repeating: "x", count: 2048))",
        ]
    )
    func problems(_ line: String) throws {
        let file = Self.parse("# first\nb: text/plain\n\(line)\nc: text/plain")
        #expect(file.problems.map(\.line) == [3])
        #expect(try #require(file.problems.first).reason.hasSuffix("."))
        #expect(file.setting(for: [["a"]]) == nil)
        #expect(file.setting(for: [["b"]]) == .mediaType(.plainText))
        #expect(file.setting(for: [["c"]]) == .mediaType(.plainText))
    }

    @Test("GP-075: no line breaks a header: what control characters an answer holds are shown as unknown")
    func controlCharacters() throws {
        guard case .response(let header) = Self.setting("a", in: "a: 51 x\u{1B}[31m\ry") else {
            Issue.record("There is no answer.")
            return
        }
        #expect(header.bytes == Array("51 x\u{FFFD}[31m y\r\n".utf8))
        #expect(Self.parse("a: 31 /x\ry").problems.count == 1)
    }

    @Test("Of the lines for a file the last one counts, whichever is the closer")
    func lastLine() throws {
        let text = "*.gmi: text/x\na.gmi: text/y\n**/b.gmi: text/z\nd/*: 52 Gone\n"
        #expect(Self.setting("a.gmi", in: text) == .mediaType("text/y"))
        #expect(Self.setting("b.gmi", in: text) == .mediaType("text/z"))
        #expect(Self.setting("d/b.gmi", in: text) == .response(try ResponseHeader(.gone, "Gone")))
        #expect(Self.setting("d/e/b.gmi", in: text) == .mediaType("text/z"))
        #expect(Self.setting("d/e/a.gmi", in: text) == nil)
        #expect(Self.setting("a.gmi", in: "a.gmi: text/y\n*: text/x") == .mediaType("text/x"))
    }

    @Test("Lines end with LF or CRLF, comments anywhere; bytes that are no text are a line's own problem")
    func lines() {
        let file = MetaFile(parsing: (Array("# a\r\n\r\n  # b\na: text/plain # c\r\n".utf8) + [0xFF, 0x0A]).span)
        #expect(file.rules.count == 1)
        #expect(file.problems.map(\.line) == [5])
    }

    @Test("A file of more than 64 KiB says nothing, and one problem")
    func tooLong() {
        let line = "a: text/plain\n"
        let text = String(repeating: line, count: 65_536 / line.utf8.count + 1)
        let file = Self.parse(text)
        #expect(file.rules.isEmpty)
        #expect(file.problems.map(\.line) == [nil])
        #expect(Self.parse(String(text.dropLast(line.utf8.count))).problems.isEmpty)
    }
}
