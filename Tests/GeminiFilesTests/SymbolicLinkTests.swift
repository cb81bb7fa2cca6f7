import Foundation
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import Testing

@testable import GeminiFiles

@Suite("Symbolic links")
struct SymbolicLinkTests {
    private static func capsule(_ resolution: RootDirectory.Resolution) throws -> Capsule {
        try Capsule(
            ["page.gmi": "page", "sub/note.gmi": "note", "sub/deep/index.gmi": "deep", "links/": ""],
            outside: ["secret.gmi": "secret", "capsule-private/secret.gmi": "secret"],
            resolution: resolution
        )
    }

    @Test(
        "Within the root they are followed, to files and to folders, over several links, and through '..'",
        arguments: RootDirectory.Resolution.both,
        [
            ("page.gmi", "page"), ("sub/note.gmi", "note"), ("./sub/./note.gmi", "note"),
            ("sub/deep/../note.gmi", "note"),
            ("sub//note.gmi", "note"), ("sub/../page.gmi", "page"), ("first", "page"), ("folder/note.gmi", "note"),
            ("back/page.gmi", "page"), ("links/up/page.gmi", "page"),
        ]
    )
    func followed(_ resolution: RootDirectory.Resolution, _ vector: (target: String, text: String)) async throws {
        let capsule = try Self.capsule(resolution)
        try capsule.link("first", to: "second")
        try capsule.link("second", to: "links/third")
        try capsule.link("links/third", to: "../page.gmi")
        try capsule.link("folder", to: "sub")
        try capsule.link("back", to: "sub/deep/../..")
        try capsule.link("links/up", to: "..")
        try capsule.link("link.gmi", to: vector.target)
        #expect(
            try await capsule.get("/link.gmi")
                == Capsule.Reply(status: 20, meta: "text/gemini", body: Array(vector.text.utf8))
        )
    }

    @Test(
        "Absolute ones that lead back into the root are followed too",
        arguments: RootDirectory.Resolution.both,
        [
            ("page.gmi", "", "page"), ("sub", "note.gmi", "note"), ("sub/deep", "", "deep"), ("", "page.gmi", "page"),
            ("sub/..", "page.gmi", "page"),
        ]
    )
    func absolute(
        _ resolution: RootDirectory.Resolution,
        _ vector: (target: String, rest: String, text: String)
    ) async throws {
        let capsule = try Self.capsule(resolution)
        try capsule.link("absolute", to: capsule.path(vector.target))
        try capsule.link("links/onward", to: "../absolute")
        for link in ["absolute", "links/onward"] {
            let url = try GeminiURL("gemini://localhost/\(link)\(vector.rest.isEmpty ? "" : "/")\(vector.rest)")
            #expect(try await capsule.follow(url).reply.text == vector.text, "\(url)")
        }
    }

    @Test("A link that leads out counts by where its path ends", arguments: RootDirectory.Resolution.both)
    func outAndIn(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(resolution)
        try capsule.link("out", to: "..")
        #expect(try await capsule.get("/out/capsule/page.gmi").text == "page")
        #expect(try await capsule.get("/out/capsule/../page.gmi").status == 51)
        #expect(try await capsule.get("/out/secret.gmi").status == 51)
    }

    @Test("An absolute one may lead through names that are no text", arguments: RootDirectory.Resolution.both)
    func absoluteThroughBytes(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(resolution)
        try makeFolder(named: [0xFF], in: capsule.path(""))
        let folder = Array(capsule.path("").utf8) + [0xFF]
        let target = (folder + [0]).map { CChar(bitPattern: $0) }
        #expect(symlink(target, capsule.path("absolute")) == 0)
        try makeFile(named: [0xFF] + Array("/\u{301}.txt".utf8), in: capsule.path(""), content: "bytes")
        #expect(try await capsule.get("/absolute/%CC%81.txt").text == "bytes")
        #expect(try await capsule.get("/%FF/%CC%81.txt").text == "bytes")
    }

    @Test(
        "Out of the root none is followed: files, folders, chains, the neighbour with the longer name",
        arguments: RootDirectory.Resolution.both,
        [
            "/out-relative", "/out-absolute", "/out-folder/secret.gmi", "/out-folder/", "/out-folder",
            "/out-chain", "/out-up/secret.gmi", "/out-through", "/out-neighbour", "/out-neighbour-absolute",
            "/out-and-in", "/magic/secret.gmi", "/device", "/sub/out-deep",
        ]
    )
    func refused(_ resolution: RootDirectory.Resolution, _ path: String) async throws {
        let capsule = try Self.capsule(resolution)
        let links = [
            "out-relative": "../secret.gmi", "out-absolute": capsule.path(outside: "secret.gmi"), "out-folder": "..",
            "out-chain": "links/onward", "links/onward": "../../secret.gmi", "out-up": "sub/deep/../../..",
            "out-through": "sub/../../secret.gmi", "out-neighbour": "../capsule-private/secret.gmi",
            "out-neighbour-absolute": capsule.path(outside: "capsule-private/secret.gmi"),
            "out-and-in": "../capsule/../secret.gmi", "magic": "/proc/self/cwd", "device": "/dev/zero",
            "sub/out-deep": "../../secret.gmi",
        ]
        for (name, target) in links { try capsule.link(name, to: target) }
        #expect(try await capsule.get(path) == Capsule.Reply(status: 51, meta: "Not found", body: []))
    }

    @Test("Loops, links to nothing and links to themselves are 51", arguments: RootDirectory.Resolution.both)
    func nowhere(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(resolution)
        for (name, target) in [
            ("a", "b"), ("b", "a"), ("self", "self"), ("dangling", "nothing"), ("through", "page.gmi/x"),
            ("grow", "grow/x"),
        ] {
            try capsule.link(name, to: target)
            #expect(try await capsule.get("/\(name)").status == 51, "\(name)")
            #expect(try await capsule.get("/\(name)/").status == 51, "\(name)/")
        }
    }

    @Test("A chain of forty links is followed, and a longer one is not", arguments: RootDirectory.Resolution.both)
    func chain(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(resolution)
        try capsule.link("link1", to: "page.gmi")
        for number in 2...41 { try capsule.link("link\(number)", to: "link\(number - 1)") }
        #expect(try await capsule.get("/link40").text == "page")
        #expect(try await capsule.get("/link41").status == 51)
    }

    @Test(
        "A link to a folder is a folder: redirected without its slash, with its index behind it",
        arguments: RootDirectory.Resolution.both
    )
    func folder(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(resolution)
        try capsule.link("latest", to: "sub/deep")
        #expect(try await capsule.get("/latest") == Capsule.Reply(status: 31, meta: "/latest/", body: []))
        #expect(try await capsule.get("/latest/").text == "deep")
    }

    @Test(
        "The operator may show a hidden file by a link to it, and may link the root itself",
        arguments: RootDirectory.Resolution.both
    )
    func deliberate(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(resolution)
        try capsule.write("shown", to: ".hidden/page.gmi")
        try capsule.link("shown.gmi", to: ".hidden/page.gmi")
        #expect(try await capsule.get("/shown.gmi").text == "shown")
        try FileManager.default.createSymbolicLink(
            atPath: capsule.path(outside: "root"),
            withDestinationPath: capsule.path("")
        )
        let files = Files(
            root: try RootDirectory(path: capsule.path(outside: "root"), resolution: resolution),
            options: Files.Options()
        )
        let request = try Request(line: RequestLine(GeminiURL("gemini://localhost/page.gmi")))
        #expect(try await files.respond(to: request).body.bytes == Array("page".utf8))
    }

    @Test("Links through '..' work while folders are renamed all the time", .timeLimit(.minutes(10)))
    func busyFileSystem() async throws {
        let capsule = try Self.capsule(.kernel)
        try capsule.link("through", to: "sub/deep/../note.gmi")
        let (one, other) = (capsule.path("one"), capsule.path("other"))
        try capsule.makeFolder("one")
        let isOver = NIOLockedValueBox(false)
        Thread.detachNewThread {
            while !isOver.withLockedValue({ $0 }) {
                rename(one, other)
                rename(other, one)
            }
        }
        defer { isOver.withLockedValue { $0 = true } }
        let root = try RootDirectory(path: capsule.path(""))
        let path = try #require(RelativePath("/through"))
        var failures = 0
        for _ in 0..<20_000 {
            guard case .file = root.entry(at: path, waits: true) else {
                failures += 1
                continue
            }
        }
        #expect(failures == 0)
    }
}
