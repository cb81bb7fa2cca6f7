import Foundation
import GeminiProtocol
import Testing

@testable import GeminiFiles

@Suite("Listings")
struct ListingTests {
    /// Names that mean something to URLs, to gemtext, to terminals or to nobody.
    static let names: [[UInt8]] =
        [
            "plain.txt", "with space.gmi", " leading", "trailing ", "  ", "a:b", "http:", "gemini:x",
            "mailto:me@example",
            "a#b", "#", "a?b", "?", "100%", "%41", "%2e%2e", "%2F", "%", "%%", "%zz", "a b#c?.gmi",
            "=> elsewhere", "=>", "# heading", "* item", "> quote", "```", "```alt",
            "tab\there", "line\nbreak", "line\r\n=> gemini:evil link", "cr\rname", "\n", "\u{1B}[31mred\u{1B}[0m",
            "\u{7}bell", "\u{7F}", "\u{85}", "\u{2028}", "\u{202E}txt.exe", "\u{200B}", "\u{FEFF}bom",
            "\u{FC}n\u{EF}c\u{F6}de", "\u{65E5}\u{672C}\u{8A9E}.gmi", "\u{E9}", "e\u{301}", "\u{301}", "\u{1F680}",
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "a+b", "+", "a&b=c", "semi;colon", ";", "back\\slash", "\\",
            "quote\"d", "'", "<a>", "[b]", "{c}", "|", "^", "~", "~user", "`", "!", "$", "(", ")", "*", ",", "@",
            "user@host",
            "-", "--help", "-rf", "a.", "a..", "a...b", "_", "UPPER", "upper", "index.html",
            String(repeating: "long", count: 63), String(repeating: "\u{E9}", count: 120),
        ].map { Array($0.utf8) } + [
            [0xFF], [0xFE, 0xFF], [0xC0, 0xAE], [0xC0, 0xAF], [0xE9], [0x61, 0x80], [0xED, 0xA0, 0x80],
            [0xF5, 0x90, 0x80, 0x80],
            [0x01], [0x1F, 0x41], Array(1...31).filter { $0 != 0x2F },
        ]

    @Test(
        "GT-25, GT-26: whatever a file is called, its link in the listing leads to it and to no other",
        arguments: RootDirectory.Resolution.both
    )
    func filesAreReached(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(["files/": ""], resolution: resolution)
        for (number, name) in Self.names.enumerated() {
            try makeFile(named: name, in: capsule.path("files"), content: "file \(number)")
        }
        let links = try await Self.links(of: "gemini://localhost/files/", in: capsule)
        var reached: Set<String> = []
        for link in links where link.target != "../" {
            let (reply, redirects) = try await capsule.follow(link.url)
            #expect(reply.status == 20 && redirects == 0, "\(link.target): \(reply)")
            reached.insert(reply.text)
        }
        #expect(links.count == Self.names.count + 1)
        #expect(reached == Set(Self.names.indices.map { "file \($0)" }))
    }

    @Test(
        "Whatever a folder is called, one walks into it, is told its path, and gets back",
        arguments: RootDirectory.Resolution.both
    )
    func foldersAreReached(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(["folders/": ""], resolution: resolution)
        let base = capsule.path("folders")
        for (number, name) in Self.names.enumerated() {
            try makeFolder(named: name, in: base)
            try makeFile(named: name + Array("/page \(number).gmi".utf8), in: base, content: "page \(number)")
        }
        let links = try await Self.links(of: "gemini://localhost/folders/", in: capsule)
        var reached: Set<String> = []
        for link in links where link.target != "../" {
            #expect(link.target.hasSuffix("/"))
            let inner = try await Self.links(of: link.url.description, in: capsule)
            #expect(inner.map(\.target).first == "../")
            #expect(inner.first?.url.description == "gemini://localhost/folders/")
            guard inner.count == 2, let page = inner.last else {
                Issue.record("\(link.target) shows \(inner.map(\.target))")
                continue
            }
            reached.insert(try await capsule.get(page.url).text)

            // Without the slash it is a redirect to the same place, and one is enough.
            let bare = try GeminiURL(String(link.url.description.dropLast()))
            let (listing, redirects) = try await capsule.follow(bare)
            #expect(redirects == 1 && listing.text.contains("page%20"), "\(bare): \(listing)")
        }
        #expect(reached == Set(Self.names.indices.map { "page \($0)" }))
    }

    private struct Link {
        var target: String
        var url: GeminiURL
    }

    /// The links of a listing, as a client takes them; checks that the page holds nothing but what a listing should.
    private static func links(of page: String, in capsule: Capsule) async throws -> [Link] {
        let url = try GeminiURL(page)
        let reply = try await capsule.get(url)
        #expect(reply.status == 20 && reply.meta == "text/gemini", "\(page)")
        #expect(
            reply.body.allSatisfy { $0 == UInt8(ascii: "\n") || $0 >= 0x20 && $0 != 0x7F },
            "\(page): control bytes"
        )
        #expect(String(validating: reply.body, as: UTF8.self) != nil, "\(page): not UTF-8")
        let lines = GemtextDocument(parsing: reply.body.span).lines
        var links: [Link] = []
        for (index, line) in lines.enumerated() {
            switch (index, line) {
            case (0, .heading(1, _)), (1, .text("")):
                break
            case (2..., .link(let target, _)):
                #expect(target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(target)")
                links.append(Link(target: target, url: try url.resolving(target)))
            default:
                Issue.record("Line \(index) of \(page) is \(line)")
            }
        }
        return links
    }

    @Test("GP-116, GP-118: a listing word for word: folders, then files, each by name; hidden ones left out")
    func golden() async throws {
        let capsule = try Capsule([
            "b.gmi": "", "a.txt": "", "C.gmi": "", "zoo/": "", "a zoo/": "", ".hidden": "", ".git/config": "",
            "h\u{F6}r.ogg": "",
        ])
        try capsule.link("to a folder", to: "zoo")
        try capsule.link("to a file", to: "a.txt")
        try capsule.link("to nothing", to: "nothing")
        try capsule.link("outside", to: "../..")
        try capsule.link("loop", to: "loop")
        try makeFIFO(capsule.path("fifo"))
        let reply = try await capsule.get("/")
        #expect(reply.meta == "text/gemini")
        #expect(
            reply.text == """
                # /

                => a%20zoo/ a zoo/
                => to%20a%20folder/ to a folder/
                => zoo/ zoo/
                => C.gmi C.gmi
                => a.txt a.txt
                => b.gmi b.gmi
                => h%C3%B6r.ogg h\u{F6}r.ogg
                => to%20a%20file to a file

                """
        )
    }

    @Test("An empty folder says so", arguments: RootDirectory.Resolution.both)
    func empty(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(["empty/": ""], resolution: resolution)
        #expect(try await capsule.get("/empty/").text == "# /empty/\n\n=> ../ ..\nThis folder is empty.\n")
        let root = try Capsule(resolution: resolution)
        #expect(try await root.get("/").text == "# /\n\nThis folder is empty.\n")
    }

    @Test("GP-142: links of a listing that is reached over double slashes lead to the same files")
    func doubleSlashes() async throws {
        let capsule = try Capsule(["a/b/page.gmi": "page"])
        for page in ["gemini://localhost//a//b/", "gemini://localhost/a/b//", "gemini://localhost//a/b//"] {
            let url = try GeminiURL(page)
            for link in GemtextDocument(parsing: try await capsule.get(url).text).links where link.target != "../" {
                #expect(try await capsule.get(url.resolving(link.target)).text == "page", "\(page)")
            }
        }
    }

    @Test("A listing has the language and the character set that gemtext is served with")
    func parameters() async throws {
        var options = Files.Options()
        options.mediaTypes = try MediaTypeTable(overrides: [:], charset: "utf-8", language: "de")
        let capsule = try Capsule(options: options)
        #expect(try await capsule.get("/").meta == "text/gemini; charset=utf-8; lang=de")
    }

    @Test("A folder of ten thousand files is listed whole")
    func large() async throws {
        let capsule = try Capsule()
        for number in 0..<10_000 {
            try makeFile(named: Array("file-\(number)".utf8), in: capsule.path(""), content: "")
        }
        let links = GemtextDocument(parsing: try await capsule.get("/").text).links
        #expect(Set(links.map(\.target)) == Set((0..<10_000).map { "file-\($0)" }))
    }
}
