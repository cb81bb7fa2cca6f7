import CanaveralTesting
import Testing

@testable import Guestbook

@Suite struct GuestbookTests {
    @Test(arguments: Transport.allCases)
    func greeting(_ transport: Transport) async throws {
        try await Guestbook.capsule().test(transport) { client in
            let question = try await client.get("/hello")
            #expect(question.is(.input))
            let page = try await client.followingRedirects().answer(question, with: "Zoë")
            #expect(page.contains("# Hello, Zoë!"))
        }
    }

    @Test func writing() async throws {
        try await Guestbook.capsule().test { client in
            let stranger = try await client.get("/guest/write")
            #expect(stranger.redirect?.path == "/guest/")

            let ada = try client.as(VisitorIdentity(commonName: "ada")).followingRedirects()
            _ = try await ada.get("/guest/signature", input: "Ada")
            let page = try await ada.get("/guest/write", input: "I was here.\n=> /spam A link")
            #expect(page.contains("## Ada, "))
            #expect(page.contains("> I was here.\n> => /spam A link"))
            #expect(page.links.isEmpty)
        }
    }

    @Test func haste() async throws {
        let environment = TestEnvironment()
        try await Guestbook.capsule().test(environment: environment) { client in
            let ada = try client.as(VisitorIdentity(at: environment.clock.now))
            for _ in 1...20 { _ = try await ada.get("/guest/") }
            let hasty = try await ada.get("/guest/")
            #expect(hasty.is(.slowDown))
            environment.clock.advance(by: .seconds(3))
            let patient = try await ada.get("/guest/")
            #expect(patient.is(.success))
        }
    }
}
