import CanaveralTesting
import Foundation
import NIOCore
import Testing

// The code of the article "Uploads".

func makeWiki(token: String, notes: String) throws -> Capsule {
    let rules = UploadRules.text(upTo: 64 * 1024, token: token)
    return try Capsule { routes in
        let page = routes.page("/wiki/{name}") { (context, name: String) in
            guard let text = try await context.store.read(wikiPage(name), as: String.self) else { return .notFound }
            return .gemtext(verbatim: text)
        }
        routes.upload("/wiki/{name}", accepting: rules) { (context, upload, name: String) in
            try await context.store.write(upload.text(), to: wikiPage(name))
            return .redirect(to: context.geminiURL(of: page(name)))
        }
        routes.edit("/wiki/{name}") { (context, name: String) in
            .gemtext(verbatim: try await context.store.read(wikiPage(name), as: String.self) ?? "")
        }
        routes.delete("/wiki/{name}", accepting: rules) { (context, name: String) in
            try await context.store.delete(wikiPage(name))
            return .gemtext("Deleted.")
        }
        routes.upload("/drop/{name}") { (context, upload, name: String) in
            var count = 0
            for try await piece in try upload.body(upTo: 1 << 30) {
                count += piece.readableBytes
            }
            return .gemtext("\(count) bytes of \(name), which is \(upload.parameters.mediaType).")
        }
        routes.mount("/notes", try FileUploads(in: notes, accepting: .text(token: token)), uploads: true)
    }
}

func wikiPage(_ name: String) -> StoreKey {
    StoreKey(space: "wiki", id: name)
}

@Suite("The article \"Uploads\"")
struct UploadsArticle {
    @Test("The code is that of this file")
    func code() throws {
        try expectCode(of: "Sources/Canaveral/Canaveral.docc/Uploads.md", toBeIn: #filePath)
    }

    @Test("It does what the article says", arguments: Transport.allCases)
    func wiki(_ transport: Transport) async throws {
        let notes = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: notes, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: notes) }
        try await makeWiki(token: "secret", notes: notes.path).test(transport) { client in
            let refused = try await client.upload("# Moon\n", to: "/wiki/Moon")
            #expect(refused.is(.badRequest))
            let stored = try await client.upload("# Moon\n", to: "/wiki/Moon", token: "secret")
            #expect(stored.meta.hasPrefix("gemini://"))
            let page = try await client.follow(stored)
            #expect(page.text == "# Moon\n")
            let source = try await client.edit("/wiki/Moon")
            #expect(source.text == "# Moon\n")
            let large = try await client.upload("", to: "/wiki/Moon", token: "secret", size: 64 * 1024 + 1)
            #expect(large.is(.permanentFailure) || large.is(.badRequest))
            let picture = try await client.upload("x", to: "/wiki/Moon", mediaType: "image/png", token: "secret")
            #expect(picture.is(.badRequest))
            let kept = try await client.delete("/wiki/Moon")
            #expect(kept.is(.badRequest))
            _ = try await client.delete("/wiki/Moon", token: "secret")
            let gone = try await client.get("/wiki/Moon")
            #expect(gone.is(.notFound))
            let noted = try await client.upload("# Note\n", to: "/notes/a.gmi", token: "secret")
            let note = try await client.follow(noted)
            #expect(note.text == "# Note\n")
            let dropped = try await client.upload([0, 1, 2], to: "/drop/box", mediaType: "application/x-box")
            #expect(dropped.text == "3 bytes of box, which is application/x-box.\n")
            let nothing = try await client.delete("/drop/box")
            #expect(nothing.is(.permanentFailure))
        }
    }
}
