import Foundation
import GeminiProtocol
import GeminiServer
import TestSupport
import Testing

@testable import GeminiFiles

@Suite("Folders by host")
struct HostFoldersTests {
    private static func line(_ responder: some Responder, _ url: String) async throws -> String {
        let request = try Request(line: RequestLine(GeminiURL(url)))
        do {
            let response = try await responder.respond(to: request)
            let body = try String(decoding: response.body.bytes, as: UTF8.self)
            return "\(response.status.code) \(response.header.meta?.text ?? "") \(body)"
        } catch let error as any ResponseError {
            return "\(error.response.status.code)"
        }
    }

    @Test(
        "GP-027, GP-028, GP-031: the host of the URL in its normal form names the folder",
        arguments: [
            ("one.example", "one"), ("ONE.Example", "one"), ("one.example.", "one"), ("one.example:1966", "one"),
            ("caf\u{E9}.example", "cafe"), ("xn--caf-dma.example", "cafe"), ("127.0.0.1", "v4"), ("[::1]", "v6"),
            ("[0:0:0:0:0:0:0:1]", "v6"), ("alias.example", "one"), ("_x.example", "underscore"),
        ]
    )
    func named(_ vector: (host: String, text: String)) async throws {
        let folder = try TemporaryDirectory()
        for (name, text) in [
            ("one.example", "one"), ("xn--caf-dma.example", "cafe"), ("127.0.0.1", "v4"), ("::1", "v6"),
            ("_x.example", "underscore"),
        ] {
            try folder.write(text, to: "hosts/\(name)/public/page.txt")
        }
        try folder.link("hosts/alias.example", to: "one.example")
        let responder: HostFolders = try .hostFolders(in: folder.path("hosts/{host}/public"))
        #expect(responder.enclosingFolder == folder.path("hosts"))
        #expect(try await Self.line(responder, "gemini://\(vector.host)/page.txt") == "20 text/plain \(vector.text)")
    }

    @Test("A host without a folder is 51, one with a file in its place too, and a new one is there at once")
    func missing() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("", to: "hosts/file.example")
        let log = RecordingLog()
        var options = Files.Options()
        options.logger = log.logger
        let responder = try HostFolders(in: folder.path("hosts/{host}"), options: options)
        let request = try Request(line: RequestLine(GeminiURL("gemini://new.example/a.txt")))
        #expect(responder.respondAtOnce(to: request) == nil)
        #expect(try await Self.line(responder, "gemini://new.example/a.txt") == "51")
        #expect(try await Self.line(responder, "gemini://file.example/a.txt") == "51")
        try folder.write("new", to: "hosts/new.example/a.txt")
        #expect(try await Self.line(responder, "gemini://new.example/a.txt") == "20 text/plain new")
        #expect(log.messages.isEmpty)
        // Known now; where the system has to wait for its disk, there is no answer, which is no fault.
        if let response = responder.respondAtOnce(to: request) {
            #expect(try response.body.bytes == Array("new".utf8))
        }
    }

    @Test("The options hold for each folder")
    func options() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("*: ;lang=fr", to: "a.example/.meta")
        try folder.write("", to: "a.example/index.gmi")
        var options = Files.Options()
        options.readsMetaFiles = true
        let responder = try HostFolders(in: folder.path("{host}"), options: options)
        #expect(try await Self.line(responder, "gemini://a.example/") == "20 text/gemini; lang=fr ")
    }

    @Test(
        "What is no pattern",
        arguments: [
            ("/srv/gemini", "The folder '/srv/gemini' has no {host} in it, which stands for the name that differs."),
            (
                "/srv/{host}/{user}",
                "The folder '/srv/{host}/{user}' has braces in it, and {host} is all that can stand in braces."
            ),
        ]
    )
    func broken(_ vector: (pattern: String, sentence: String)) throws {
        let error = #expect(throws: FolderPatternError.self) { try HostFolders(in: vector.pattern) }
        #expect(error?.description == vector.sentence)
    }

    @Test(
        "The folder around all of a pattern's, somebody's home, and the way from there",
        arguments: [
            ("/home/{user}/public_gemini", "/home", "/home/ada", "public_gemini"),
            ("/srv/{user}", "/srv", "/srv/ada", ""), ("/{user}/a/b", "/", "/ada", "a/b"), ("{user}/x", ".", "ada", "x"),
            ("/srv/u-{user}.d/{user}/x", "/srv", "/srv/u-ada.d", "ada/x"), ("a/{user}-{user}/b", "a", "a/ada-ada", "b"),
        ]
    )
    func parts(_ vector: (pattern: String, enclosing: String, home: String, way: String)) throws {
        let pattern = try FolderPattern(vector.pattern, placeholder: "{user}")
        #expect(pattern.enclosingFolder == vector.enclosing)
        #expect(pattern.home(of: "ada") == (vector.home, vector.way))
        #expect(pattern.path(for: "ada") == vector.home + (vector.way.isEmpty ? "" : "/" + vector.way))
    }

    @Test("Over TLS: two hosts of one responder")
    func served() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("local", to: "localhost/a.txt")
        try await withServer(responder: HostFolders(in: folder.path("{host}"))) { server in
            let reply = try await server.answer(to: "gemini://localhost/a.txt")
            #expect(reply.header == "20 text/plain")
            #expect(reply.body == Array("local".utf8))
            #expect(try await server.answer(to: "gemini://localhost/missing.txt").header.hasPrefix("51 "))
        }
    }
}
