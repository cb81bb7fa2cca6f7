import Testing

@testable import CanaveralCommand

@Suite("Text in columns")
struct TextWrappingTests {
    @Test(
        "A character takes the columns of its picture",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한", 2),
            ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇨🇭", 2), ("❤", 1),
            ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2), ("a\u{200B}b", 2), ("עִברית", 5),
        ] as [(String, Int)]
    )
    func width(_ vector: (text: String, columns: Int)) {
        #expect(vector.text.columns == vector.columns)
    }

    @Test("A text is cut between characters, where the columns end")
    func prefix() {
        #expect("abc".prefix(columns: 2) == "ab")
        #expect("abc".prefix(columns: 3) == "abc")
        #expect("a日本".prefix(columns: 4) == "a日")
        #expect("日".prefix(columns: 1) == "")
    }

    @Test(
        "GT-12: lines are broken at spaces, between wide characters, and where nothing else helps in a word",
        arguments: [
            ("", 5, [""]),
            ("ab cd", 5, ["ab cd"]),
            ("ab cde", 5, ["ab", "cde"]),
            ("ab   cde", 5, ["ab", "cde"]),
            ("abcde fg", 5, ["abcde", "fg"]),
            ("abcdefgh i", 5, ["abcde", "fgh i"]),
            ("ab abcdefgh", 5, ["ab", "abcde", "fgh"]),
            ("日本語日本", 5, ["日本", "語日", "本"]),
            ("ab日本", 5, ["ab日", "本"]),
            ("a 日本語", 5, ["a 日", "本語"]),
            ("a  b", 5, ["a  b"]),
            ("  ab", 5, ["  ab"]),
            ("  abcd", 5, ["  abc", "d"]),
            ("ab   ", 5, ["ab"]),
            ("    ", 2, [""]),
            ("👍🏽👍🏽👍🏽", 4, ["👍🏽👍🏽", "👍🏽"]),
            ("日本", 1, ["日", "本"]),
            ("ab", 0, ["a", "b"]),
        ] as [(String, Int, [String])]
    )
    func wrapping(_ vector: (text: String, room: Int, lines: [String])) {
        #expect(wrapped(vector.text, to: vector.room) == vector.lines)
    }

    @Test("No line is wider than it may be, and no character but a space is lost", arguments: 3...20)
    func fits(_ room: Int) {
        let text = "Some prose, 日本語の文章 and 👩‍👩‍👧‍👦 with averyveryverylongwordindeed  in  it; क्षि."
        let lines = wrapped(text, to: room)
        #expect(lines.allSatisfy { $0.columns <= room })
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test("GP-117: text comes in lines however it is cut, and with both line ends", arguments: [1, 2, 3, 100])
    func lines(_ size: Int) {
        var lines = TextLines()
        let bytes = Array("one\r\n\ntwo\rstill two\nthree".utf8)
        var result: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            result += lines.add(bytes[start..<min(start + size, bytes.count)])
        }
        result += lines.finish()
        #expect(result.map { String(decoding: $0, as: UTF8.self) } == ["one", "", "two\rstill two", "three"])
        #expect(lines.finish().isEmpty)
    }

    @Test("A line without end is broken before it fills the memory")
    func endlessLine() {
        var lines = TextLines()
        let result = lines.add(repeatElement(UInt8(ascii: "x"), count: TextLines.maximumLength * 2 + 1))
        #expect(result.map(\.count) == [TextLines.maximumLength, TextLines.maximumLength])
        #expect(lines.finish().map(\.count) == [1])
    }
}
