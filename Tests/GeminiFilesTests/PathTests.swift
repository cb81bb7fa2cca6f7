import Foundation
import GeminiProtocol
import GeminiServer
import TestSupport
import Testing

@testable import GeminiFiles

@Suite("Paths to files and folders")
struct PathTests {
    private static let content = [
        "index.gmi": "home",
        "file.gmi": "a file",
        "a+b": "plus",
        "a b.txt": "space",
        "caf\u{E9}.gmi": "coffee",
        "log/index.gemini": "log",
        "log/2026/one.gmi": "one",
        "both/index.gmi": "gmi",
        "both/index.gemini": "gemini",
        "bare/note.txt": "note",
        "deep/index.gmi/inner.txt": "inner",
    ]

    @Test(
        "GP-022, GP-026, GP-030, DA-25: a path leads to its file, however it is spelled",
        arguments: RootDirectory.Resolution.both,
        [
            ("", "home"), ("/", "home"), ("//", "home"), ("/./", "home"), ("/index.gmi", "home"),
            ("/inde%78.gmi", "home"), ("/%69%6E%64%65%78%2e%67%6D%69", "home"), ("/log/../", "home"),
            ("/file.gmi", "a file"), ("//file.gmi", "a file"), ("/./file.gmi", "a file"), ("/file.gmi?query", "a file"),
            ("/log/../file.gmi", "a file"), ("/log/2026/../../file.gmi", "a file"), ("/nowhere/../file.gmi", "a file"),
            ("/a+b", "plus"), ("/a%2Bb", "plus"), ("/a%20b.txt", "space"),
            ("/caf%C3%A9.gmi", "coffee"), ("/caf%c3%a9.gmi", "coffee"), ("/caf\u{E9}.gmi", "coffee"),
            ("/log/", "log"), ("//log//", "log"), ("/log///2026//one.gmi", "one"), ("/log/./2026/one.gmi", "one"),
        ]
    )
    func found(_ resolution: RootDirectory.Resolution, _ vector: (path: String, text: String)) async throws {
        let capsule = try Capsule(Self.content, resolution: resolution)
        let reply = try await capsule.get(vector.path)
        #expect(reply.status == 20)
        #expect(reply.text == vector.text)
    }

    @Test(
        "DA-22, DA-26: what is not there is 51, and so is a file with a slash behind it",
        arguments: RootDirectory.Resolution.both,
        [
            "/nothing", "/nothing/", "/file.gmi/", "/file.gmi//", "/file.gmi/index.gmi", "/log/nothing.gmi",
            "/FILE.GMI",
            "/a%20b", "/caf%E9.gmi", "/%FF", "/log/2026/one.gmi/.", "/" + String(repeating: "n", count: 900),
            "/" + String(repeating: "n/", count: 450),
        ]
    )
    func notFound(_ resolution: RootDirectory.Resolution, _ path: String) async throws {
        let capsule = try Capsule(Self.content, resolution: resolution)
        let reply = try await capsule.get(path)
        #expect(reply == Capsule.Reply(status: 51, meta: "Not found", body: []))
    }

    @Test(
        "GP-142, GP-133, GP-143, DA-23: a folder without its slash is redirected for good, encoded, with its query",
        arguments: RootDirectory.Resolution.both,
        [
            ("/log", "/log/"), ("/log?", "/log/?"), ("/log?a=b&c", "/log/?a=b&c"), ("/log?a%20b", "/log/?a%20b"),
            ("/./log", "/log/"), ("/%6Cog", "/log/"), ("/log/2026", "/log/2026/"), ("/a%20folder", "/a%20folder/"),
            ("/a%3Ab", "/a%3Ab/"), ("/a:b", "/a:b/"), ("/100%25", "/100%25/"), ("/what%3F%23", "/what%3F%23/"),
            ("/line%0D%0Abreak%1B", "/line%0D%0Abreak%1B/"), ("/%FF%FE", "/%FF%FE/"), ("/\u{FC}", "/%C3%BC/"),
        ]
    )
    func redirect(_ resolution: RootDirectory.Resolution, _ vector: (path: String, target: String)) async throws {
        let capsule = try Capsule(Self.content, resolution: resolution)
        for name in ["a folder", "a:b", "100%", "what?#", "line\r\nbreak\u{1B}", "\u{FC}"] {
            try capsule.makeFolder(name)
        }
        try makeFolder(named: [0xFF, 0xFE], in: capsule.path(""))
        let reply = try await capsule.get(vector.path)
        #expect(reply == Capsule.Reply(status: 31, meta: vector.target, body: []))
    }

    @Test(
        "DA-23, DA-25: the redirect to a folder never leads to another host",
        arguments: [
            "//evil.example", "///evil.example", "//evil.example//deep", "/.//evil.example", "/x/..//evil.example",
        ]
    )
    func redirectStays(_ path: String) async throws {
        let capsule = try Capsule(["evil.example/index.gmi": "ours", "evil.example/deep/index.gmi": "ours"])
        let url = try GeminiURL("gemini://localhost\(path)")
        let reply = try await capsule.get(url)
        #expect(reply.status == 31)
        #expect(try url.resolving(reply.meta).host == url.host)
        let end = try await capsule.follow(url)
        #expect(end.reply.text == "ours")
        #expect(end.redirects <= 2)
    }

    @Test(
        "BP-02: index.gmi goes before index.gemini, and either stands for its folder",
        arguments: RootDirectory.Resolution.both
    )
    func indexOrder(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(Self.content, resolution: resolution)
        #expect(try await capsule.get("/both/").text == "gmi")
        #expect(try await capsule.get("/log/").text == "log")
        #expect(try await capsule.get("/both/index.gemini").text == "gemini")
    }

    @Test(
        "The names of index files, their order and their types are the operator's",
        arguments: RootDirectory.Resolution.both
    )
    func customIndex(_ resolution: RootDirectory.Resolution) async throws {
        var options = Files.Options()
        options.indexNames = ["welcome.txt", "index.gemini"]
        let capsule = try Capsule(Self.content, resolution: resolution, options: options)
        #expect(try await capsule.get("/both/").text == "gemini")
        #expect(try await capsule.get("/").text.contains("=> index.gmi index.gmi"))
        try capsule.write("welcome", to: "both/welcome.txt")
        let reply = try await capsule.get("/both/")
        #expect(reply == Capsule.Reply(status: 20, meta: "text/plain", body: Array("welcome".utf8)))
    }

    @Test("An index that is a folder is none: the listing is shown", arguments: RootDirectory.Resolution.both)
    func indexFolder(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(Self.content, resolution: resolution)
        let reply = try await capsule.get("/deep/")
        #expect(reply.status == 20)
        #expect(reply.text.contains("=> index.gmi/ index.gmi/"))
        #expect(try await capsule.get("/deep/index.gmi").meta == "/deep/index.gmi/")
    }

    @Test(
        "DA-27: a folder without an index is listed, or 51 where listings are off",
        arguments: RootDirectory.Resolution.both
    )
    func listings(_ resolution: RootDirectory.Resolution) async throws {
        let listing = try Capsule(Self.content, resolution: resolution)
        #expect(try await listing.get("/bare/").text.contains("=> note.txt"))
        var options = Files.Options()
        options.listsFolders = false
        let discreet = try Capsule(Self.content, resolution: resolution, options: options)
        #expect(try await discreet.get("/bare/").status == 51)
        #expect(try await discreet.get("/bare/note.txt").text == "note")
        #expect(try await discreet.get("/").text == "home")
    }

    @Test("An empty file is an empty document", arguments: RootDirectory.Resolution.both)
    func emptyFile(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Capsule(["empty.gmi": "", "folder/index.gmi": ""], resolution: resolution)
        #expect(try await capsule.get("/empty.gmi") == Capsule.Reply(status: 20, meta: "text/gemini", body: []))
        #expect(try await capsule.get("/folder/") == Capsule.Reply(status: 20, meta: "text/gemini", body: []))
    }

    @Test(
        "DA-24: a name that begins with a dot is 51, whether there is such a file or not, however it is spelled",
        arguments: RootDirectory.Resolution.both,
        [
            "/.git/config", "/.git/", "/.git", "/.env", "/%2eenv", "/%2Egit/config", "/log/.draft.gmi",
            "/log/%2edraft.gmi",
            "/.hidden/public.gmi", "/.nothing", "/.nothing/", "/...", "/.../", "/..foo", "/.well-known/x", "/log/..%20",
        ]
    )
    func dotfiles(_ resolution: RootDirectory.Resolution, _ path: String) async throws {
        let content = [
            ".git/config": "secret", ".env": "secret", "log/.draft.gmi": "secret", ".hidden/public.gmi": "secret",
            ".../index.gmi": "secret", "..foo": "secret", "log/.. ": "secret",
        ]
        let capsule = try Capsule(content, resolution: resolution)
        #expect(try await capsule.get(path) == Capsule.Reply(status: 51, meta: "Not found", body: []))
    }

    @Test("A folder that is moved while it is served is served on; a file that changes shows at once")
    func changes() async throws {
        let capsule = try Capsule(["page.gmi": "old"])
        #expect(try await capsule.get("/page.gmi").text == "old")
        try capsule.write("new", to: "page.gmi")
        #expect(try await capsule.get("/page.gmi").text == "new")
        try FileManager.default.moveItem(atPath: capsule.path(""), toPath: capsule.path(outside: "moved"))
        #expect(try await capsule.get("/page.gmi").text == "new")
        try FileManager.default.removeItem(atPath: capsule.path(outside: "moved/page.gmi"))
        #expect(try await capsule.get("/page.gmi").status == 51)
    }

    @Test("A folder that is none, or not there, is an error that names it")
    func noFolder() throws {
        let folder = try TemporaryDirectory()
        try folder.write("", to: "file")
        for (name, errno) in [("file", ENOTDIR), ("nothing", ENOENT)] {
            let path = folder.path(name)
            #expect(throws: FileError(path: path, errno: errno)) { try Files(in: path) }
        }
    }
}
