import GeminiProtocol
import Testing

@testable import GeminiFiles

@Suite("Media types by name")
struct MediaTypeTableTests {
    private static func type(of name: String, in table: MediaTypeTable = MediaTypeTable()) -> String? {
        table.header(forName: Array(name.utf8)).meta?.text
    }

    @Test(
        "BP-01, GP-121: what capsules hold",
        arguments: [
            ("index.gmi", "text/gemini"), ("index.gemini", "text/gemini"), ("notes.txt", "text/plain"),
            ("README.md", "text/markdown"),
            ("page.html", "text/html"), ("data.csv", "text/csv"), ("feed.xml", "application/xml"),
            ("feed.atom", "application/atom+xml"),
            ("a.json", "application/json"), ("a.pdf", "application/pdf"), ("a.epub", "application/epub+zip"),
            ("a.png", "image/png"), ("a.jpg", "image/jpeg"), ("a.jpeg", "image/jpeg"), ("a.gif", "image/gif"),
            ("a.webp", "image/webp"),
            ("a.svg", "image/svg+xml"), ("a.mp3", "audio/mpeg"), ("a.ogg", "audio/ogg"), ("a.opus", "audio/ogg"),
            ("a.flac", "audio/flac"),
            ("a.mp4", "video/mp4"), ("a.webm", "video/webm"), ("a.zip", "application/zip"),
            ("a.wasm", "application/wasm"),
            ("a.gz", "application/gzip"), ("a.tar.gz", "application/gzip"), ("a.tgz", "application/gzip"),
            ("a.txt.gz", "application/gzip"),
            ("a.gmi.bz2", "application/x-bzip2"), ("a.tar", "application/x-tar"),
            ("a.iso", "application/x-iso9660-image"),
            ("INDEX.GMI", "text/gemini"), ("Photo.JPG", "image/jpeg"), ("a.TaR.Gz", "application/gzip"),
            ("a.b.c.gmi", "text/gemini"),
            ("caf\u{E9}.gmi", "text/gemini"), ("a b.gmi", "text/gemini"),
        ]
    )
    func known(_ vector: (name: String, type: String)) {
        #expect(Self.type(of: vector.name) == vector.type)
    }

    @Test(
        "GP-121: what nobody knows is application/octet-stream",
        arguments: [
            "README", "gmi", "a.", "a.unknown", "a.gm", "a.gmi~", "a.gmi.bak", ".gmi", "a.\u{E9}", "a gmi", "a.gmi ",
            "", "a..", "a.g.mi",
        ]
    )
    func unknown(_ name: String) {
        #expect(Self.type(of: name) == "application/octet-stream")
    }

    @Test("A name that is no text has a type all the same")
    func bytes() {
        #expect(MediaTypeTable().header(forName: [0xFF, 0x2E] + Array("gmi".utf8)).meta?.text == "text/gemini")
        #expect(MediaTypeTable().header(forName: [0x61, 0x2E, 0xFF]).meta?.text == "application/octet-stream")
    }

    @Test("The operator's types go before the built-in ones")
    func overrides() throws {
        let table = try MediaTypeTable(overrides: [
            "gmni": MediaType("text/gemini"), "txt": MediaType("text/gemini; lang=eo"),
            "gz": MediaType("application/x-own"),
        ])
        #expect(Self.type(of: "a.gmni", in: table) == "text/gemini")
        #expect(Self.type(of: "a.GMNI", in: table) == "text/gemini")
        #expect(Self.type(of: "a.txt", in: table) == "text/gemini; lang=eo")
        #expect(Self.type(of: "a.tar.gz", in: table) == "application/x-own")
        #expect(Self.type(of: "a.gmi", in: table) == "text/gemini")
    }

    @Test("DA-41, DA-12: charset goes to text of every kind, lang to gemtext only, and neither twice")
    func parameters() throws {
        let table = try MediaTypeTable(
            overrides: ["latin": MediaType("text/plain; charset=iso-8859-1"), "fr": MediaType("text/gemini; lang=fr")],
            charset: "utf-8",
            language: "en,de"
        )
        #expect(Self.type(of: "a.gmi", in: table) == "text/gemini; charset=utf-8; lang=\"en,de\"")
        #expect(Self.type(of: "a.txt", in: table) == "text/plain; charset=utf-8")
        #expect(Self.type(of: "a.html", in: table) == "text/html; charset=utf-8")
        #expect(Self.type(of: "a.png", in: table) == "image/png")
        #expect(Self.type(of: "a.json", in: table) == "application/json")
        #expect(Self.type(of: "a", in: table) == "application/octet-stream")
        #expect(Self.type(of: "a.latin", in: table) == "text/plain; charset=iso-8859-1")
        #expect(Self.type(of: "a.fr", in: table) == "text/gemini; lang=fr; charset=utf-8")
    }

    @Test(
        "What cannot stand in a header is refused when the table is made",
        arguments: ["a\r\nb", "\u{1B}", "\u{7F}", "caf\u{E9}\u{0}", String(repeating: "x", count: 1100)]
    )
    func unsendable(_ value: String) {
        #expect(throws: MediaTypeError.self) { try MediaTypeTable(overrides: [:], charset: value) }
        #expect(throws: MediaTypeError.self) { try MediaTypeTable(overrides: [:], language: value) }
    }

    @Test("Every type of the built-in table is one, in lower case, and no extension stands for two")
    func table() throws {
        var seen: Set<Substring> = []
        for (type, extensions) in BuiltInMediaTypes.table {
            #expect(try MediaType(type).description == type)
            #expect(type == type.lowercased())
            for name in extensions.split(separator: " ") {
                #expect(seen.insert(name).inserted, "\(name)")
                #expect(name == name.lowercased() && !name.contains("."))
            }
        }
    }
}
