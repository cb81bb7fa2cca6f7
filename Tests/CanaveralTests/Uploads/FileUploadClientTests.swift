import GeminiClient
import GeminiProtocol
import GeminiServer
import GeminiTLS
import TestSupport
import Testing

@testable import Canaveral

@Suite("Uploads to a folder by the client of `canaveral put`", .timeLimit(.minutes(10)))
struct FileUploadClientTests {
    private struct Trusting: TrustPolicy {
        func judge(_ server: ServerPresentation) async -> TrustVerdict { .trusted }
    }

    @Test("Upload, edit, upload again, delete, over TLS")
    func editing() async throws {
        let folder = try TemporaryDirectory()
        let uploads = try FileUploads(
            in: folder.path,
            accepting: .text(token: "a;b"),
            options: .init { $0.allowsDeletion = true }
        )
        let host = VirtualHost(
            names: [try Host("127.0.0.1")],
            identity: .fixed(try Identity.generate(names: ["127.0.0.1"], at: .now)),
            responder: uploads,
            acceptsUploads: true
        )
        try await withServer(hosts: [host]) { server in
            let client = GeminiClient(ClientConfiguration(trust: Trusting()))
            let url = try GeminiURL("gemini://127.0.0.1:\(server.port)/a.gmi")

            guard case .failure(let failure) = try await client.upload(.text("# One"), to: url) else {
                Issue.record("The token was not asked for.")
                return
            }
            #expect(failure.status == .badRequest)

            let large = String(repeating: "# Line\n", count: 100_000)
            guard case .redirect(let redirect) = try await client.upload(.text(large), to: url, token: "a;b") else {
                Issue.record("The upload was not stored.")
                return
            }
            #expect(redirect.target.description == url.description)
            guard case .page(let page) = try await client.fetch(url) else {
                Issue.record("The page is not shown.")
                return
            }
            #expect(String(decoding: page.body, as: UTF8.self) == large)
            guard case .page(let raw) = try await client.fetchForEditing(url) else {
                Issue.record("The page cannot be edited.")
                return
            }
            #expect(String(decoding: raw.body, as: UTF8.self) == large)

            _ = try await client.upload(.text("# Two"), to: url, mediaType: .plainText, token: "a;b")
            #expect(try folder.text("a.gmi") == "# Two")
            #expect(try folder.versions(of: "a.gmi") == ["1": large])
            guard case .page = try await client.delete(url, token: "a;b") else {
                Issue.record("The page was not deleted.")
                return
            }
            #expect(try folder.visible().isEmpty)
        }
    }
}
