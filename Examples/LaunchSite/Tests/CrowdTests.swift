import CanaveralTesting
import Testing

@testable import LaunchSite

@Suite("Crowds")
struct CrowdTests {
    private let world: World

    init() throws {
        self.world = try World()
    }

    /// Does something for each of so many at once, as many at a time as visit a busy capsule.
    private func each(
        of count: Int,
        atOnce: Int = 64,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                if number >= atOnce { try await group.next() }
                group.addTask { try await body(number) }
            }
            try await group.waitForAll()
        }
    }

    @Test("Three thousand pilots come, build and fly at once, and a day passes", .timeLimit(.minutes(5)))
    func thousands() async throws {
        let count = 3000
        try await self.world.capsule.test { visitor async throws in
            let game = self.world.site.game
            let identities = try (0..<count).map { try self.world.identity("\($0)") }
            try await self.each(of: count) { number in
                let pilot = visitor.as(identities[number]).followingRedirects()
                    .from("10.0.\(number / 250).\(number % 250)")
                let name = "Pilot \(number)"
                #expect(try await pilot.talk("/site/gate/new", name).contains("Welcome, \(name)"))
                _ = try await pilot.talk("/site/hangar/new", "Gull \(number)", "\(1 + number % 2)")
                #expect(try await pilot.get("/site/").contains("Hut four, \(name)'s"))
            }
            try await game.dawn()
            let accounts = self.world.site.accounts
            try await self.each(of: count) { number in
                let account = try #require(try await accounts.account(named: "Pilot \(number)"))
                let hangar = try await game.hangar(of: account.id)
                #expect(hangar.fuel == 6 && hangar.rocket?.age == 1)
                let now = self.world.clock.now
                _ = try await game.launch(of: account, in: Weather(sky: .clear, wind: 3), chance: 1, at: now)
            }
            #expect(try await game.latestFlights(2 * count).count == count)
            #expect(try await visitor.get("/hall").links.count == 52)
        }
    }

    @Test("A hundred run for one thing on the beach, and one has it")
    func beach() async throws {
        try await self.world.capsule.test { visitor async throws in
            try await self.world.site.game.tide(0)
            let identities = try (0..<100).map { try self.world.identity("\($0)") }
            try await self.each(of: 100, atOnce: 100) { number in
                let pilot = visitor.as(identities[number]).followingRedirects().from("10.1.0.\(number)")
                _ = try await pilot.talk("/site/gate/new", "Pilot \(number)")
                let page = try await pilot.talk("/site/beach/1")
                #expect(page.contains("# Yours") || page.contains("Only footprints"))
            }
            var tanks = 0
            for number in 0..<100 { tanks += try await self.world.hangar("Pilot \(number)").count(.tank) - 2 }
            #expect(tanks == 1)
        }
    }

    @Test("Two devices of one pilot open the last crate once")
    func crate() async throws {
        try await self.world.capsule.test { visitor async throws in
            let laptop = try await self.world.pilot("Ada", visitor)
            let code = try await laptop.get("/site/keys/code").text.prefix { $0 != "\n" }.dropFirst(2)
            let phone = visitor.as(try self.world.identity("phone")).followingRedirects()
            _ = try await phone.talk("/site/gate/code", String(code))
            async let first = laptop.talk("/site/pier/open").contains("# A crate")
            async let second = phone.talk("/site/pier/open").contains("# A crate")
            let opened = try await [first, second].filter { $0 }.count
            #expect(opened == 1)
            #expect(try await self.world.hangar("Ada").crates == 0)
        }
    }
}
