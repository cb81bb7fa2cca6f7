import CanaveralTesting
import Foundation
import GeminiProtocol
import GeminiServer
import Testing

// The code of the article "Testing an application", word for word.

// swift-format-ignore
private func makeGuestbook() throws -> Capsule {
    try Capsule(hostname: "localhost") { routes in
        routes.page("/") { _ in .gemtext("# Guestbook\n=> /sign Sign it\n") }
        routes.page("/sign") { context in
            guard let name = try context.request.input() else { return .input("Your name?") }
            return .redirect(to: try URIReference("/thanks?\(PercentEncoding.encode(query: name))"))
        }
        routes.page("/thanks") { context in .gemtext("Thank you, \(try context.request.input() ?? "").\n") }
        routes.page("/mine") { context in
            guard let visitor = context.clientCertificate else { return .failure(.certificateRequired) }
            return .gemtext("# \(visitor.commonName ?? "")\n")
        }
        routes.page("/clock") { context in .text("\(context.environment.now())") }
        routes.page("/news") { _ in
            .success(.gemtext, .stream { writer in
                for number in 1... { try await writer.write("News \(number)\n") }
            })
        }
    }
}

// swift-format-ignore
@Suite("The article \"Testing an application\"", .timeLimit(.minutes(10)))
struct ArticleTests {
    @Test(arguments: Transport.allCases)
    func signing(_ transport: Transport) async throws {
        try await makeGuestbook().test(transport) { client in
            let front = try await client.get("/")
            let question = try await client.open(link: "Sign it", of: front)
            #expect(question.is(.input))
            #expect(question.meta == "Your name?")

            let thanks = try await client.followingRedirects().answer(question, with: "Zoë")
            #expect(thanks.contains("Thank you, Zoë."))
        }
    }

    @Test func recognising() async throws {
        let alice = try VisitorIdentity(commonName: "alice")
        try await makeGuestbook().test { client in
            let stranger = try await client.get("/mine")
            #expect(stranger.is(.certificateRequired))
            let page = try await client.as(alice.renewed()).get("/mine")
            #expect(page.contains("# alice"))
        }
    }

    @Test func time() async throws {
        let environment = TestEnvironment()
        try await makeGuestbook().test(environment: environment) { client in
            let before = try await client.get("/clock")
            environment.clock.advance(by: .seconds(3600))
            let after = try await client.get("/clock")
            #expect(before.text != after.text)
        }
    }

    @Test func news() async throws {
        let first = try await makeGuestbook().test { client in
            try await client.stream("/news") { page in
                for try await line in page.textLines { return line }
                return ""
            }
        }
        #expect(first == "News 1")
    }

    @Test func pieces() async throws {
        try await makeGuestbook().test(.loopback) { client in
            let page = try await client.with(.pieces(of: 5)).get("/")
            #expect(page.is(.success))
            let part = try await client.with(.responseCut(after: 25)).get("/")
            #expect(part.isTruncated)
        }
    }

    @Test("Every line of the article's code is in this file")
    func article() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let article = root.appending(path: "Sources/CanaveralTesting/CanaveralTesting.docc/Testing.md")
        let code = Set(
            try String(contentsOf: URL(filePath: #filePath), encoding: .utf8).split(separator: "\n").map(trimmed)
        )
        var isCode = false
        var count = 0
        for line in try String(contentsOf: article, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("```") {
                isCode = line.hasPrefix("```swift")
            } else if isCode {
                count += 1
                #expect(code.contains(trimmed(line)) || code.contains("private " + trimmed(line)), "\(line)")
            }
        }
        #expect(count > 50)
    }

    private func trimmed(_ line: Substring) -> String {
        line.trimmingCharacters(in: .whitespaces)
    }
}
