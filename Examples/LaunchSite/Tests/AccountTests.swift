import CanaveralTesting
import Testing

@testable import LaunchSite

@Suite("Accounts")
struct AccountTests {
    private let world: World

    init() throws {
        self.world = try World()
    }

    @Test(
        "A newcomer is asked for a certificate at the top, a name at the gate, and has a hut",
        arguments: Transport.allCases
    )
    func registration(_ transport: Transport) async throws {
        try await self.world.capsule.test(transport) { visitor async throws in
            #expect(try await visitor.get("/").contains("# Gull Point"))
            #expect(try await visitor.get("/site/hangar").redirect == visitor.url("/site/"))
            #expect(try await visitor.get("/site/").is(.certificateRequired))

            let ada = visitor.as(try self.world.identity("laptop")).followingRedirects()
            let gate = try await ada.get("/site/")
            #expect(gate.contains("# The gate"))
            let question = try await ada.open(link: "I am new", of: gate)
            #expect(question.is(.input))
            let again = try await ada.answer(question, with: "?")
            #expect(again.is(.input) && again.meta.hasSuffix("What shall we call you?") && again.meta.count > 30)
            #expect(try await ada.answer(question, with: "Ada").contains("# Welcome, Ada"))
            #expect(try await ada.get("/site/").contains("# Hut four, Ada's"))

            let other = visitor.as(try self.world.identity("other")).followingRedirects()
            #expect(try await other.talk("/site/gate/new", "ADA").meta.contains("taken"))
        }
    }

    @Test("A second device comes by a code, and either can be removed, but not both")
    func secondDevice() async throws {
        try await self.world.capsule.test { visitor async throws in
            let laptop = try await self.world.pilot("Ada", visitor)
            #expect(try await laptop.get("/site/").contains("You have one key"))
            let code = try await laptop.get("/site/keys/code").text.prefix { $0 != "\n" }.dropFirst(2)

            let phone = visitor.as(try self.world.identity("phone")).followingRedirects()
            let question = try await phone.get("/site/gate/code")
            #expect(question.is(.sensitiveInput))
            #expect(try await phone.answer(question, with: "AAAA-AAAA").is(.sensitiveInput))
            #expect(try await phone.answer(question, with: code.lowercased()).contains("Of course, Ada"))
            let keys = try await phone.get("/site/keys")
            #expect(keys.contains("\nAda's laptop\n") && keys.contains("\nphone (this device)\n"))

            let removal = keys.links.filter { $0.label == "Remove it" }
            _ = try await phone.talk(removal[0].target, "no")
            #expect(try await laptop.get("/site/").contains("Ada's"))
            _ = try await phone.talk(removal[0].target, "yes")
            #expect(try await laptop.get("/site/").contains("# The gate"))
            #expect(try await phone.talk(removal[1].target, "yes").contains("only certificate"))
            #expect(try await phone.get("/site/").contains("Ada's"))
        }
    }

    @Test("A lost certificate is made good by the phrase, and guessing is not")
    func recovery() async throws {
        try await self.world.capsule.test { visitor async throws in
            let laptop = try await self.world.pilot("Ada", visitor)
            let page = try await laptop.talk("/site/keys/phrase", "yes")
            let phrase = try #require(page.text.split(separator: "\n").first { $0.hasPrefix("> ") }).dropFirst(2)
            #expect(!(try await laptop.get("/site/").contains("You have one key")))

            let thief = visitor.as(try self.world.identity("thief")).followingRedirects().from("192.0.2.66")
            let question = try await thief.get("/site/gate/phrase")
            for _ in 0..<5 {
                #expect(try await thief.answer(question, with: "acorn ".repeated(13)).meta.contains("no account's"))
            }
            #expect(try await thief.answer(question, with: String(phrase)).meta.contains("too many attempts"))

            let found = visitor.as(try self.world.identity("new")).followingRedirects()
            #expect(try await found.talk("/site/gate/phrase", phrase.uppercased()).contains("Of course, Ada"))
            #expect(try await found.get("/site/keys").contains("new (this device)"))
        }
    }

    @Test("A certificate that ends soon is announced")
    func expiry() async throws {
        try await self.world.capsule.test { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor, days: 40)
            #expect(!(try await ada.get("/site/").contains("ends on")))
            self.world.clock.advance(by: .days(11))
            #expect(try await ada.get("/site/").contains("Your key 'Ada's laptop' ends on 2026-02-"))
        }
    }

    @Test("An address makes ten accounts a day")
    func newcomers() async throws {
        try await self.world.capsule.test { visitor async throws in
            let crowd = visitor.from("192.0.2.1")
            for number in 1...10 { _ = try await self.world.pilot("Ada \(number)", crowd) }
            let client = crowd.as(try self.world.identity("more")).followingRedirects()
            #expect(try await client.talk("/site/gate/new", "Eve").is(.slowDown))
            #expect(try await client.from("192.0.2.2").get("/site/gate/new/1", input: "Eve").contains("Welcome"))
        }
    }

    @Test("Colours and emoji are each pilot's choice")
    func taste() async throws {
        try await self.world.capsule.test { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor)
            let plain = try await ada.get("/site/taste")
            #expect(!plain.contains("\u{1B}") && !plain.contains("\u{FFFD}") && !plain.contains("🔥"))
            #expect(plain.contains("   |  |\n   |  |\n   [==]\n"))
            _ = try await ada.open(link: "colour is off: turn it on", of: plain)
            let coloured = try await ada.get("/site/taste/emoji/on")
            #expect(coloured.contains("\u{1B}[37m   |  |\u{1B}[0m\n") && coloured.contains("🔥 engine"))
            #expect(try await ada.get("/site/taste/smell/on").is(.notFound))
        }
    }

    @Test("Who leaves says yes, and is forgotten")
    func leaving() async throws {
        try await self.world.capsule.test { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor)
            #expect(try await ada.talk("/site/leave", "no").contains("Ada's"))
            #expect(try await ada.talk("/site/leave", "yes").contains("The causeway"))
            #expect(try await ada.get("/site/").contains("# The gate"))
            _ = try await self.world.pilot("Ada", visitor)
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String {
        String(repeating: self, count: count)
    }
}
