import Foundation
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import GeminiFiles

@Suite("Folders of users")
struct UserFoldersTests {
    /// Homes of users, and beside them what is nobody's business.
    private struct Machine {
        let folder: TemporaryDirectory
        let log = RecordingLog()
        let users: UserFolders

        init(way: String = "public_gemini") throws {
            self.folder = try TemporaryDirectory()
            var options = Files.Options()
            options.logger = self.log.logger
            for (name, text) in [
                "home/ada/public_gemini/x.txt": "ada's", "home/ada/public_gemini/sub/y.txt": "ada's y",
                "home/ada/private/key.txt": "ada's key", "home/bob/public_gemini/x.txt": "bob's",
                "home/bob/private/key.txt": "bob's key", "secret.txt": "secret",
                "home/_a.b-c9/public_gemini/x.txt": "odd",
                "home/.hidden/public_gemini/x.txt": "hidden", "home/-x/public_gemini/x.txt": "dash",
                "capsule/page.txt": "page", "capsule/~ada/x.txt": "not ada's", "capsule/~/x.txt": "tilde",
            ] {
                try self.folder.write(text, to: name)
            }
            try self.folder.makeFolder("home/eve")
            self.users = try UserFolders(
                in: self.folder.path("home/{user}/\(way)"),
                options: options,
                otherwise: .files(in: self.folder.path("capsule"))
            )
        }

        func get(_ path: String, basePath: String = "") async throws -> String {
            var request = try Request(line: RequestLine(GeminiURL("gemini://localhost\(path)")))
            request.basePath = basePath
            do {
                let response = try await self.users.respond(to: request)
                let body = try String(decoding: response.body.bytes, as: UTF8.self)
                return "\(response.status.code) \(response.header.meta?.text ?? "")\(body.isEmpty ? "" : " \(body)")"
            } catch let error as any ResponseError {
                return "\(error.response.status.code) \(error.response.header.meta?.text ?? "")"
            }
        }
    }

    @Test(
        "What a path with a tilde leads to",
        arguments: [
            ("/~ada/x.txt", "20 text/plain ada's"), ("/%7Eada/x.txt", "20 text/plain ada's"),
            ("/%7e%61da/sub/y.txt", "20 text/plain ada's y"), ("//~ada//x.txt", "20 text/plain ada's"),
            ("/~bob/x.txt", "20 text/plain bob's"), ("/~_a.b-c9/x.txt", "20 text/plain odd"),
            ("/~ada", "31 /~ada/"), ("/~ada?q", "31 /~ada/?q"), ("/~ada/sub", "31 /~ada/sub/"),
            ("/~ada/", "20 text/gemini # /\n\n=> sub/ sub/\n=> x.txt x.txt\n"),
            ("/~eve/", "51 Not found"), ("/~eve", "51 Not found"), ("/~nobody/x.txt", "51 Not found"),
            ("/~ada/missing", "51 Not found"), ("/~ada/private/key.txt", "51 Not found"),
            ("/~ada/../x.txt", "51 Not found"), ("/~ada/%2e%2e/private/key.txt", "51 Not found"),
            ("/page.txt", "20 text/plain page"), ("/~/x.txt", "20 text/plain tilde"), ("/a/~ada/x.txt", "51 Not found"),
            ("/~.hidden/x.txt", "51 Not found"), ("/~-x/x.txt", "51 Not found"), ("/~..", "51 Not found"),
            ("/~ada%2Fprivate/key.txt", "51 Not found"),
            ("/~\(String(repeating: "a", count: 65))/x.txt", "51 Not found"),
        ]
    )
    func paths(_ vector: (path: String, line: String)) async throws {
        let machine = try Machine()
        // Twice: opened, and known.
        #expect(try await machine.get(vector.path) == vector.line)
        #expect(try await machine.get(vector.path) == vector.line)
    }

    @Test("Mounted beneath a path")
    func mounted() async throws {
        let machine = try Machine()
        #expect(try await machine.get("/people/~ada/x.txt", basePath: "/people") == "20 text/plain ada's")
        #expect(try await machine.get("/people/~ada", basePath: "/people") == "31 /people/~ada/")
        #expect(try await machine.get("/people/~ada/sub", basePath: "/people") == "31 /people/~ada/sub/")
    }

    @Test("Without another responder, what is no user's is 51; uploads are refused")
    func alone() async throws {
        let machine = try Machine()
        let users: UserFolders = try .userFolders(in: machine.folder.path("home/{user}/public_gemini"))
        #expect(users.enclosingFolder == machine.folder.path("home"))
        let request = try Request(line: RequestLine(GeminiURL("gemini://localhost/page.txt")))
        #expect(users.respondAtOnce(to: request)?.status == .notFound)
        #expect(try await users.respond(to: request).status == .notFound)
    }

    @Test(
        "A public folder may be a link within its user's home, and leads nowhere else",
        arguments: [
            ("private", "20 text/plain ada's key"), (".", "51 Not found"),
            ("private/../private", "20 text/plain ada's key"),
            ("../bob/private", "51 Not found"), ("../..", "51 Not found"), ("/etc", "51 Not found"),
            ("gone", "51 Not found"),
        ]
    )
    func publicLink(_ vector: (target: String, line: String)) async throws {
        let machine = try Machine()
        try FileManager.default.removeItem(atPath: machine.folder.path("home/ada/public_gemini"))
        try machine.folder.link("home/ada/public_gemini", to: vector.target)
        #expect(try await machine.get("/~ada/key.txt") == vector.line)
        #expect(try await machine.get("/~ada/hostname").hasPrefix("51 "))
        #expect(try await machine.get("/~ada/secret.txt") == "51 Not found")
    }

    @Test("An absolute link into the own home is followed, and one to another's is not, which is said once")
    func absoluteLink() async throws {
        let machine = try Machine()
        try FileManager.default.removeItem(atPath: machine.folder.path("home/ada/public_gemini"))
        try machine.folder.link("home/ada/public_gemini", to: machine.folder.path("home/ada/private"))
        #expect(try await machine.get("/~ada/key.txt") == "20 text/plain ada's key")
        #expect(machine.log.messages.isEmpty)
        try FileManager.default.removeItem(atPath: machine.folder.path("home/bob/public_gemini"))
        try machine.folder.link("home/bob/public_gemini", to: machine.folder.path("home/ada/private"))
        for _ in 1...3 { #expect(try await machine.get("/~bob/key.txt") == "51 Not found") }
        #expect(machine.log.messages.map(\.text).count { $0.contains("leads out of the folder of bob") } == 1)
    }

    @Test("A way of several folders may not lead out at any of them; the home itself may be a link, the operator's")
    func longWay() async throws {
        let machine = try Machine(way: "web/gemini")
        try machine.folder.write("web", to: "home/ada/web/gemini/x.txt")
        try machine.folder.link("home/bob/web", to: "../ada/web")
        try machine.folder.link("home/carol", to: "ada")
        #expect(try await machine.get("/~ada/x.txt") == "20 text/plain web")
        #expect(try await machine.get("/~bob/x.txt") == "51 Not found")
        #expect(try await machine.get("/~carol/x.txt") == "20 text/plain web")
    }

    @Test("In the folder no link leads out of it, not even elsewhere in the home")
    func linksInside() async throws {
        let machine = try Machine()
        let folder = "home/ada/public_gemini"
        try machine.folder.link("\(folder)/home", to: "..")
        try machine.folder.link("\(folder)/key.txt", to: "../private/key.txt")
        try machine.folder.link("\(folder)/bob.txt", to: machine.folder.path("home/bob/private/key.txt"))
        try machine.folder.link("\(folder)/again.txt", to: "sub/y.txt")
        for path in ["/~ada/home/private/key.txt", "/~ada/key.txt", "/~ada/bob.txt"] {
            #expect(try await machine.get(path) == "51 Not found", "\(path)")
        }
        #expect(try await machine.get("/~ada/again.txt") == "20 text/plain ada's y")
    }

    @Test("A folder that is moved away, or becomes a link that leads out, is gone within a second; a new one is there")
    func withdrawn() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("old", to: "ada/public/x.txt")
        try folder.write("secret", to: "bob/x.txt")
        let clock = NIOLockedValueBox(NIODeadline.uptimeNanoseconds(0))
        let root = try RootDirectory(
            at: FolderPlace(home: folder.path("ada"), way: "public"),
            now: { clock.withLockedValue { $0 } }
        )
        let path = try #require(RelativePath("/x.txt"))
        func text() -> String? {
            guard case .file(let file) = root.entry(at: path, waits: true) else { return nil }
            return file.contents(upTo: 10).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(text() == "old")
        #expect(rename(folder.path("ada/public"), folder.path("ada/private")) == 0)
        #expect(text() == "old")
        clock.withLockedValue { $0 = $0 + .seconds(1) }
        #expect(text() == nil)
        try folder.link("ada/public", to: "../bob")
        clock.withLockedValue { $0 = $0 + .seconds(1) }
        #expect(text() == nil)
        #expect(unlink(folder.path("ada/public")) == 0)
        try folder.write("new", to: "ada/public/x.txt")
        #expect(text() == "new")
    }
}
