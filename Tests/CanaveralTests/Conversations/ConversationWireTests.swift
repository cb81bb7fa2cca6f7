import Canaveral
import GeminiProtocol
import TestSupport
import Testing

@Suite("Conversations over TLS")
struct ConversationWireTests {
    @Test("A conversation over real connections, with a certificate and without one", arguments: [true, false])
    func wire(withCertificate: Bool) async throws {
        let router = try TestSurroundings().router { routes in
            routes.conversation("/join") { talk in
                let name = try await talk.ask("Name?")
                let word = try await talk.ask("Word?", sensitive: true)
                return .text("\(name) \(word)")
            }
        }
        var tls = TestConnection.TLS()
        if withCertificate { tls = try TestIdentity().tls() }
        try await withServer(responder: router) { server in
            var url = "gemini://localhost/join"
            var headers: [String] = []
            var inputs = ["Ada L.", "xyz/zy"]
            var page = ""
            while page.isEmpty, headers.count < 12 {
                let transcript = try await server.answer(to: url, tls: tls)
                #expect(transcript.closeNotify)
                let header = transcript.header
                headers.append(String(header.prefix(2)))
                switch header.prefix(2) {
                case "30": url = String(header.dropFirst(3))
                case "10", "11": url = try GeminiURL(url).answering(with: inputs.removeFirst()).description
                default: page = String(decoding: transcript.body, as: UTF8.self)
                }
            }
            #expect(page == "Ada L. xyz/zy")
            #expect(headers == ["30", "10", "30", "11", "30", "20"])
            #expect(url.contains("/join/3") == withCertificate)
        }
    }
}
