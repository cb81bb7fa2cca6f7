import CanaveralTesting
import Foundation
import GeminiProtocol
import GeminiServer
import Logging
import TestSupport
import Testing

@testable import Canaveral

@Suite("A folder that takes uploads", .timeLimit(.minutes(10)))
struct FileUploadsTests {
    private let folder: TemporaryDirectory

    init() throws {
        self.folder = try TemporaryDirectory()
    }

    @Test("TI-18, TI-20: an upload makes a file, and leads to it over Gemini", arguments: Transport.allCases)
    func stores(_ transport: Transport) async throws {
        try await self.folder.capsule().test(transport) { client async throws in
            let page = try await client.upload("# Hello\n", to: "/notes/caf%C3%A9%20a.gmi?query")
            #expect(page.header.description == "30 gemini://localhost/notes/caf%C3%A9%20a.gmi")
            #expect(try self.folder.text("café a.gmi") == "# Hello\n")
            let shown = try await client.follow(page)
            #expect(shown.header.description == "20 text/gemini")
            #expect(shown.text == "# Hello\n")
        }
    }

    @Test("It can be all of a host", arguments: Transport.allCases)
    func wholeHost(_ transport: Transport) async throws {
        let uploads = try FileUploads(in: self.folder.path, accepting: .text())
        let capsule = try Capsule(hosts: [CapsuleHost("localhost", acceptsUploads: true, responder: uploads)])
        try await capsule.test(transport) { client async throws in
            #expect(try await client.upload("x", to: "/a.txt").header.description == "30 gemini://localhost/a.txt")
            #expect(try await client.get("/a.txt").text == "x")
        }
    }

    @Test("TI-26: text typed in a client changes no type", arguments: ["text/plain", "application/octet-stream"])
    func typedText(_ type: String) async throws {
        try self.folder.write("# Old", to: "a.gmi")
        try await self.folder.capsule(accepting: UploadRules(mediaTypes: ["text/gemini"])).test { client async throws in
            #expect(try await client.upload("# New", to: "/notes/a.gmi", mediaType: type).is(.temporaryRedirect))
            #expect(try await client.get("/notes/a.gmi").header.description == "20 text/gemini")
        }
    }

    static let otherTypes = [
        ("/notes/a.gmi", "image/png", "59 A file of this name is shown as text/gemini, and this is image/png"),
        ("/notes/a.png", "text/plain", "59 A file of this name is shown as image/png, and this is text/plain"),
        ("/notes/a", "text/gemini", "59 A file of this name is shown as application/octet-stream"),
        ("/notes/a.png", "image/png", "59 image/png is not taken here, only text/*."),
        ("/notes/a.png", "application/octet-stream", "59 image/png is not taken here"),
    ]

    @Test("TI-17: what the name does not say is refused", arguments: Self.otherTypes)
    func otherType(_ path: String, _ type: String, _ answer: String) async throws {
        try await self.folder.capsule().test { client async throws in
            let page = try await client.upload("x", to: path, mediaType: type)
            #expect(page.header.description.hasPrefix(answer), "\(page.header)")
        }
        #expect(try self.folder.visible().isEmpty)
    }

    @Test("TI-17: text that is not UTF-8 is refused, also where a piece ends within a character")
    func utf8() async throws {
        try await self.folder.capsule().test(.loopback) { client async throws in
            #expect(try await client.upload([0x61, 0xFF], to: "/notes/a.gmi").is(.badRequest))
            #expect(try await client.upload([0x61, 0xE2, 0x82], to: "/notes/a.gmi").is(.badRequest))
            #expect(try self.folder.visible().isEmpty)
            let text = String(repeating: "€𝄞", count: 100)
            #expect(try await client.with(.pieces(of: 5)).upload(text, to: "/notes/a.gmi").is(.temporaryRedirect))
            #expect(try self.folder.text("a.gmi") == text)
        }
    }

    static let names = [
        ("/notes/.hidden.gmi", "59 Nothing can be stored under this name"),
        ("/notes/.versions/a.gmi/1", "59 Nothing can be stored under this name"),
        ("/notes/a%2Fb.gmi", "59 Nothing can be stored under this name"),
        ("/notes/%2e%2e%2Fa.gmi", "59 Nothing can be stored under this name"),
        ("/notes/a%0Ab.gmi", "59 Nothing can be stored under this name"),
        ("/notes/%FF.gmi", "59 Nothing can be stored under this name"),
        ("/notes/" + String(repeating: "x", count: 300) + ".gmi", "59 A name in this path is too long"),
        ("/notes/sub", "59 There is a folder at this path"),
        ("/notes/inside.gmi", "59 What is at this path is not an ordinary file"),
        ("/notes/outside.gmi", "59 What is at this path is not an ordinary file"),
        ("/notes/out/a.gmi", "59 What is at this path is not an ordinary file"),
        ("/notes/file.gmi/a.gmi", "59 What is at this path is not an ordinary file"),
        ("/notes/missing/a.gmi", "51 The folder of this path does not exist"),
    ]

    @Test("Nothing is written where nothing may be", arguments: Self.names)
    func path(_ path: String, _ answer: String) async throws {
        let outside = try TemporaryDirectory()
        try outside.write("outside", to: "a.gmi")
        try self.folder.write("file", to: "file.gmi")
        try self.folder.makeFolder("sub")
        try self.folder.link("inside.gmi", to: "file.gmi")
        try self.folder.link("outside.gmi", to: outside.path("a.gmi"))
        try self.folder.link("out", to: outside.path)
        for options in [FileUploads.Options(), FileUploads.Options { $0.createsFolders = !path.contains("missing") }] {
            try await self.folder.capsule(options).test { client async throws in
                // Some of these are no URLs that a client would send.
                let line = Array("titan://localhost\(path);size=3\r\nnew".utf8)
                let page = try await client.send(line)
                #expect(page.header.description.hasPrefix(answer), "\(page.header)")
            }
        }
        #expect(try self.folder.text("file.gmi") == "file")
        #expect(try outside.text("a.gmi") == "outside")
        #expect(try outside.names() == ["a.gmi"])
    }

    @Test("A link within the folder is followed on the way to a file")
    func linkInside() async throws {
        try self.folder.makeFolder("real")
        try self.folder.link("link", to: "real")
        try await self.folder.capsule().test { client async throws in
            #expect(try await client.upload("x", to: "/notes/link/a.gmi").is(.temporaryRedirect))
        }
        #expect(try self.folder.text("real/a.gmi") == "x")
    }

    @Test("Folders on the way are made where that is allowed, and only for an upload that is whole")
    func makesFolders() async throws {
        try await self.folder.capsule(.init { $0.createsFolders = true }).test { client async throws in
            let cut = try await client.with(.halfClosed(after: 60)).upload(
                "0123456789",
                to: "/notes/a/b/c.gmi",
                size: 40
            )
            #expect(cut.is(.badRequest))
            #expect(try self.folder.visible().isEmpty)
            #expect(try await client.upload("x", to: "/notes/a/b/c.gmi").is(.temporaryRedirect))
        }
        #expect(try self.folder.text("a/b/c.gmi") == "x")
    }

    @Test("TI-24: an upload to a folder writes the page that is shown there", arguments: ["", "sub/"])
    func index(_ sub: String) async throws {
        try self.folder.makeFolder("sub")
        try await self.folder.capsule(.init { $0.allowsDeletion = true }).test { client async throws in
            let page = try await client.upload("# One", to: "/notes/\(sub)")
            #expect(page.header.description == "30 gemini://localhost/notes/\(sub)")
            #expect(try self.folder.text("\(sub)index.gmi") == "# One")
            #expect(try await client.follow(page).text == "# One")
            #expect(try await client.edit("/notes/\(sub)").text == "# One")

            try self.folder.write("# Other", to: "\(sub)index.gemini")
            try FileManager.default.removeItem(atPath: self.folder.path("\(sub)index.gmi"))
            #expect(try await client.upload("# Two", to: "/notes/\(sub)").is(.temporaryRedirect))
            #expect(try self.folder.text("\(sub)index.gemini") == "# Two")
            #expect(try await client.delete("/notes/\(sub)").is(.success))
            #expect(try await client.edit("/notes/\(sub)").is(.notFound))
        }
    }

    @Test("TI-31, TI-35: edit answers with the file as it is and a bare type", arguments: Transport.allCases)
    func edit(_ transport: Transport) async throws {
        try self.folder.write("# Hallo\r\n", to: "a.gmi")
        let options = try FileUploads.Options {
            $0.files.mediaTypes = try MediaTypeTable(overrides: [:], charset: "utf-8", language: "de")
        }
        try await self.folder.capsule(options).test(transport) { client async throws in
            let page = try await client.edit("/notes/a.gmi")
            #expect(page.header.description == "20 text/gemini")
            #expect(page.text == "# Hallo\r\n")
            #expect(try await client.edit("/notes/b.gmi").is(.notFound))
            #expect(try await client.edit("/notes/.versions/").is(.badRequest))
        }
    }

    @Test("TI-19: deletion only where it is allowed; what was there is kept", arguments: Transport.allCases)
    func deletion(_ transport: Transport) async throws {
        try self.folder.write("old", to: "a.gmi")
        try await self.folder.capsule().test(transport) { client async throws in
            #expect(try await client.delete("/notes/a.gmi").header.description.hasPrefix("50 Nothing can be deleted"))
            #expect(try self.folder.text("a.gmi") == "old")
        }
        try await self.folder.capsule(.init { $0.allowsDeletion = true }).test(transport) { client async throws in
            #expect(try await client.delete("/notes/a.gmi").is(.success))
            #expect(try await client.get("/notes/a.gmi").is(.notFound))
            #expect(try await client.delete("/notes/a.gmi").is(.notFound))
            #expect(try await client.delete("/notes/missing/a.gmi").is(.notFound))
        }
        #expect(try self.folder.versions(of: "a.gmi") == ["1": "old"])
    }

    @Test("TI-12, TI-23: certificate, token, size, path, type, in this order", arguments: Transport.allCases)
    func order(_ transport: Transport) async throws {
        let rules = UploadRules.text(upTo: 9, token: "t", requiresCertificate: true)
        let alice = try VisitorIdentity()
        try await self.folder.capsule(.init { $0.maximumTotalSize = 5 }, accepting: rules).test(transport) {
            client async throws in
            func answer(_ client: TestClient, _ line: String) async throws -> String {
                try await client.send("titan://localhost/notes\(line)").header.description
            }
            let known = client.as(alice)
            #expect(try await answer(client, "/.x;size=10;token=u;mime=image/png").hasPrefix("60 "))
            #expect(try await answer(client, "/a.gmi;edit").hasPrefix("60 "))
            #expect(try await answer(client, "/a.gmi;size=0;token=t").hasPrefix("60 "))
            #expect(try await answer(known, "/.x;size=10;token=u;mime=image/png").hasPrefix("59 This needs a token"))
            #expect(try await answer(known, "/a.gmi;size=0;token=u").hasPrefix("59 This needs a token"))
            #expect(try await answer(known, "/.x;size=10;token=t;mime=image/png").hasPrefix("59 The upload is larger"))
            #expect(try await answer(known, "/.x;size=9;token=t;mime=image/png").hasPrefix("59 Nothing can be stored"))
            #expect(try await answer(known, "/a.gmi;size=9;token=t;mime=image/png").hasPrefix("59 A file of this name"))
            #expect(try await answer(known, "/a.gmi;size=9;token=t").hasPrefix("40 There is no room"))
            #expect(try await client.as(alice).upload("12345", to: "/notes/a.gmi", token: "t").is(.temporaryRedirect))
            #expect(try await client.get("/notes/a.gmi").text == "12345")
        }
    }

    @Test("TI-15: an upload that ends too early changes nothing, and leaves nothing", arguments: Transport.allCases)
    func incomplete(_ transport: Transport) async throws {
        try self.folder.write("old", to: "a.gmi")
        try await self.folder.capsule().test(transport) { client async throws in
            let page = try await client.with(.halfClosed()).upload("new", to: "/notes/a.gmi", size: 4)
            #expect(page.is(.badRequest), "\(page.header)")
        }
        #expect(try self.folder.text("a.gmi") == "old")
        #expect(await eventually { (try? self.folder.unfinished().isEmpty) == true })
        #expect(try self.folder.versions(of: "a.gmi").isEmpty)
    }

    @Test("Without uploads, the folder is served and nothing more")
    func mountedForReading() async throws {
        try self.folder.write("x", to: "a.gmi")
        let uploads = try FileUploads(in: self.folder.path, accepting: .text())
        let capsule = try Capsule { routes in
            routes.mount("/notes", uploads)
            routes.upload("/elsewhere") { (_, _) in .notFound }
        }
        try await capsule.test { client async throws in
            #expect(try await client.get("/notes/a.gmi").text == "x")
            #expect(try await client.upload("y", to: "/notes/a.gmi").is(.permanentFailure))
        }
    }
}
