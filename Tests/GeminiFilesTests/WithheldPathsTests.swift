import Foundation
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import GeminiFiles

@Suite("What is withheld")
struct WithheldPathsTests {
    private static let content = [
        "index.gmi": "home", "key.pem": "key", "key.pem.old": "old key", "keys.gmi": "keys", "access.log": "log",
        "access.log.1": "log", "bin/hello": "program", "bin/deep/more": "program", "bin.gmi": "bin",
        "sub/key.pem": "sub",
        "list/page.gmi": "page",
    ]

    /// A capsule with links to what is withheld in it.
    private static func capsule(
        _ resolution: RootDirectory.Resolution,
        withheld: [String] = ["capsule/key.pem", "capsule/access.log", "capsule/bin", "capsule/later"]
    ) throws -> Capsule {
        let capsule = try Capsule(Self.content, withheld: withheld, resolution: resolution)
        try capsule.link("list/link.pem", to: "../key.pem")
        try capsule.link("list/programs", to: "../bin")
        try capsule.link("list/program", to: "programs/hello")
        try capsule.link("list/absolute", to: capsule.path("bin/hello"))
        try capsule.link("list/good", to: "../index.gmi")
        try capsule.link("list/up", to: "..")
        return capsule
    }

    @Test(
        "It is 51 by every way that leads there, as if it were not there",
        arguments: RootDirectory.Resolution.both,
        [
            "/key.pem", "/key%2Epem", "//key.pem", "/key.pem.old", "/access.log", "/access.log.1", "/bin", "/bin/",
            "/bin/hello", "/bin//hello", "/bin/deep/", "/bin/deep/more", "/list/link.pem", "/list/programs",
            "/list/programs/", "/list/programs/hello", "/list/program", "/list/absolute", "/list/up/key.pem",
            "/list/up/bin/hello", "/list/up/list/up/bin/", "/later", "/later/x",
        ]
    )
    func hidden(_ resolution: RootDirectory.Resolution, path: String) async throws {
        let capsule = try Self.capsule(resolution)
        // What comes after the folder was opened is withheld as well.
        try capsule.write("late", to: "later/x")
        let missing = try await capsule.get("/missing")
        #expect(try await capsule.get(path) == missing)
        // And again, when it is known what files there are.
        #expect(try await capsule.get(path) == missing)
    }

    @Test(
        "All around it is shown, also by links",
        arguments: RootDirectory.Resolution.both,
        [
            ("/", "home"), ("/keys.gmi", "keys"), ("/bin.gmi", "bin"), ("/sub/key.pem", "sub"), ("/list/good", "home"),
            ("/list/up/keys.gmi", "keys"), ("/list/up/", "home"),
        ]
    )
    func shown(_ resolution: RootDirectory.Resolution, _ vector: (path: String, text: String)) async throws {
        #expect(try await Self.capsule(resolution).get(vector.path).text == vector.text)
    }

    @Test("Listings leave it out", arguments: RootDirectory.Resolution.both)
    func listing(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(resolution)
        try FileManager.default.removeItem(atPath: capsule.path("index.gmi"))
        try capsule.write("home", to: "home.gmi")
        for path in ["/", "/list/up/"] {
            let lines = try await capsule.get(path).text.split(separator: "\n").filter { $0.hasPrefix("=>") }
            let names = lines.map { $0.split(separator: " ")[1] }.filter { $0 != "../" && $0 != ".." }
            #expect(names == ["list/", "sub/", "bin.gmi", "home.gmi", "keys.gmi"], "\(names)")
        }
        let list = try await capsule.get("/list/").text
        #expect(list.contains("=> page.gmi") && list.contains("=> up/"))
        for name in ["link.pem", "program", "absolute", "good"] { #expect(!list.contains("=> \(name)"), "\(name)") }
    }

    @Test(
        "A file that takes the place of another is withheld too; a link that is pointed elsewhere leads there in a second"
    )
    func replaced() async throws {
        let now = NIOLockedValueBox(NIODeadline.uptimeNanoseconds(1))
        let surroundings = try TemporaryDirectory()
        for number in 1...3 { try surroundings.write("key \(number)", to: "root/keys/\(number).pem") }
        try surroundings.link("key.pem", to: "root/keys/1.pem")
        let targets = KnownTargets()
        func follow() -> FollowedPaths {
            FollowedPaths(
                [surroundings.path("key.pem"), surroundings.path("root/keys/3.pem")],
                targets: targets,
                now: { now.withLockedValue { $0 } }
            )
        }
        var paths = follow()
        let root = Array(try #require(realPath(surroundings.path("root"))).utf8)
        func places() -> [String] {
            paths.paths(beneath: root, isFresh: false).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(places() == ["keys/1.pem", "keys/3.pem"])
        try surroundings.replace("root/keys/3.pem", with: "another")
        try FileManager.default.removeItem(atPath: surroundings.path("key.pem"))
        try surroundings.link("key.pem", to: "root/keys/2.pem")
        #expect(places() == ["keys/1.pem", "keys/3.pem"])
        now.withLockedValue { $0 = $0 + .seconds(1) }
        // What the link led to is a key still, also when the configuration is read again.
        #expect(places() == ["keys/1.pem", "keys/2.pem", "keys/3.pem"])
        paths = follow()
        #expect(places() == ["keys/1.pem", "keys/2.pem", "keys/3.pem"])
    }

    @Test("When another folder takes the place of the one that is served, what is withheld in it is known at once")
    func deployment() async throws {
        let surroundings = try TemporaryDirectory()
        let now = NIOLockedValueBox(NIODeadline.uptimeNanoseconds(1))
        for version in ["one", "two"] {
            try surroundings.write(version, to: "\(version)/index.gmi")
            try surroundings.write("program", to: "\(version)/bin/hello")
        }
        try surroundings.link("current", to: "one")
        let root = try RootDirectory(
            path: surroundings.path("current"),
            withheld: [surroundings.path("current/bin")],
            now: { now.withLockedValue { $0 } }
        )
        func text(_ path: String) throws -> String? {
            guard case .file(let file) = root.entry(at: try #require(RelativePath(path)), waits: true) else {
                return nil
            }
            return file.contents(upTo: 100).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(try text("/index.gmi") == "one" && text("/bin/hello") == nil)
        try surroundings.link("next", to: "two")
        #expect(rename(surroundings.path("next"), surroundings.path("current")) == 0)
        now.withLockedValue { $0 = $0 + .seconds(1) }
        #expect(try text("/index.gmi") == "two" && text("/bin/hello") == nil)
    }

    @Test(
        "Of a folder that is withheld itself, or lies in what is, nothing is shown",
        arguments: ["capsule", ".", "/"]
    )
    func around(_ withheld: String) async throws {
        let capsule = try Capsule(["page.gmi": "page", "sub/page.gmi": "page"], withheld: [withheld])
        for path in ["/", "/page.gmi", "/sub", "/sub/", "/sub/page.gmi"] {
            #expect(try await capsule.get(path).status == 51, "\(path)")
        }
        for withheld in ["capsul", "capsule.gmi", "caps"] {
            let capsule = try Capsule(["page.gmi": "page"], withheld: [withheld])
            #expect(try await capsule.get("/page.gmi").text == "page", "\(withheld)")
        }
    }

    @Test("A pattern with a visitor's choice does not lead to what is withheld, nor into it, by name or by link")
    func chosen() async throws {
        let folder = try TemporaryDirectory()
        for name in ["ada/public", "state/public", "bin"] { try folder.write("text", to: "users/\(name)/x.txt") }
        try folder.link("users/link", to: "state")
        var options = Files.Options()
        options.withheld = [folder.path("users/state"), folder.path("users/bin")]
        for (way, shown) in [("", "/~ada/public/x.txt"), ("/public", "/~ada/x.txt")] {
            let users = try UserFolders(in: folder.path("users/{user}\(way)"), options: options)
            func status(_ path: String) async throws -> Int {
                let request = try Request(line: RequestLine(GeminiURL("gemini://localhost\(path)")))
                do {
                    return try await Int(users.respond(to: request).status.code)
                } catch let error as any ResponseError {
                    return Int(error.response.status.code)
                }
            }
            #expect(try await status(shown) == 20)
            for name in ["state", "link", "bin"] {
                for path in ["", "/", "/x.txt", "/public", "/public/", "/public/x.txt"] {
                    #expect(try await status("/~\(name)\(path)") == 51, "\(name)\(path)")
                }
            }
        }
    }

    private func realPath(_ path: String) -> String? {
        guard let resolved = Foundation.realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
