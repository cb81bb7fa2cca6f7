import CanaveralTesting
import Testing

@testable import LaunchSite

@Suite("Play")
struct PlayTests {
    private let world: World

    init() throws {
        self.world = try World()
    }

    @Test("A rocket is built, counted down and flown, and the hall has it", arguments: Transport.allCases)
    func launch(_ transport: Transport) async throws {
        try await self.world.capsule.test(transport) { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor)
            let bob = try await self.world.pilot("Bob", visitor)
            #expect(try await ada.talk("/site/launch").contains("The pad is empty."))
            #expect(try await ada.talk("/site/hangar/new", "Gannet # 1", "2").contains("Gannet # 1: fresh paint"))
            let fitted = try await ada.get("/site/hangar/fit/parachute")
            #expect(fitted.contains("0 × parachute") && !fitted.contains("Fit parachute"))

            let question = try await ada.get("/site/launch")
            #expect(question.meta.hasPrefix("Gannet # 1 is fuelled"))
            let launch = try await ada.followingRedirects(upTo: 0).answer(question, with: "yes")
            let target = try #require(launch.redirect).description
            let seen = try await ada.stream(target) { page in
                var seen: [String] = []
                for try await line in page.textLines {
                    seen.append(line)
                    guard line.hasPrefix("T-") || line.hasPrefix("T+") else { continue }
                    try await self.world.clock.untilSleeping()
                    self.world.clock.advance(by: .seconds(2))
                }
                return seen
            }
            #expect(seen.filter { $0.hasPrefix("T-") }.count == 5)
            #expect(seen.contains { $0.hasPrefix("T+18 s: The last engine stops.") })
            #expect(seen.last == "=> /site/ The hut")

            let hangar = try await self.world.hangar("Ada")
            #expect(hangar.rocket == nil && hangar.fuel == 1 && hangar.count(.parachute) == 1)
            let hall = try await visitor.get("/hall")
            #expect(hall.text.hasPrefix("# The hall of flights\n"))
            #expect(hall.links[0].label?.hasPrefix("2026-01-01 Ada flew Gannet # 1 to ") ?? false)
            #expect(try await visitor.open(link: hall.links[0].target, of: hall).contains("A red parachute"))
            let atom = try await visitor.get("/hall/atom")
            let feed = try Feed(
                parsing: atom.bytes,
                type: try #require(atom.mediaType),
                at: atom.url,
                fetched: self.world.clock.now
            )
            #expect(feed.entries.map(\.link) == [try visitor.url("/hall/1").reference])

            #expect(try await bob.get("/site/").contains("* Ada flew Gannet # 1"))
            #expect(!(try await bob.get("/site/").contains("Ada flew")))
        }
    }

    @Test("A letter is composed line by line, read, and burnt")
    func letter() async throws {
        try await self.world.capsule.test { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor)
            let bob = try await self.world.pilot("Bob", visitor)
            #expect(try await ada.talk("/site/letters/new", "Zoe").meta.hasPrefix("Nobody here is called Zoe."))
            var page = try await ada.talk("/site/letters/new", "bob")
            for line in ["Dear Bob,", "# no heading", "", "=> /site/leave no link"] {
                page = try await ada.answer(ada.open(link: "Add a line", of: page), with: line)
            }
            page = try await ada.open(link: "Send it", of: page)
            #expect(page.contains("The letter to Bob is in the bag"))

            let box = try await bob.get("/site/letters")
            let letter = try await bob.open(link: "2026-01-01 from Ada, unopened", of: box)
            #expect(letter.contains("> Dear Bob,\n> # no heading\n>\n> => /site/leave no link\n"))
            #expect(!(try await bob.get("/site/letters").contains("unopened")))
            #expect(try await ada.get(letter.url).is(.notFound))
            let burn = try await bob.open(link: "Burn it", of: letter)
            #expect(try await bob.answer(burn, with: "no").contains("from Ada"))
            _ = try await bob.talk("/site/letters/1/burn", "yes")
            #expect(!(try await bob.get("/site/letters").contains("from Ada")))
        }
    }

    @Test("Purchases are confirmed; what cannot be paid is not bought later unasked")
    func shop() async throws {
        try await self.world.capsule.test { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor)
            _ = try await ada.talk("/site/shop/engine", "no")
            #expect(try await self.world.hangar("Ada").count(.engine) == 1)
            _ = try await ada.talk("/site/shop/engine", "yes")
            #expect(try await self.world.hangar("Ada").count(.engine) == 2)
            #expect(try await ada.talk("/site/shop/engine", "yes").contains("That is 6 shells, and you have 4."))
            #expect(try await ada.get("/site/shop/engine").is(.input))
            #expect(try await ada.get("/site/shop/warp-drive").is(.notFound))
        }
    }

    @Test("Twenty presents an hour")
    func gifts() async throws {
        try await self.world.capsule.test { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor)
            let bob = try await self.world.pilot("Bob", visitor)
            #expect(try await ada.talk("/site/gift", "Bob", "fins").contains("Your shelves hold no fins."))
            try await self.world.change("Ada") { $0.add(Array(repeating: .fins, count: 25)) }
            for _ in 0..<19 { #expect(try await ada.talk("/site/gift", "Bob", "fins").contains("Wrapped and sent")) }
            #expect(try await ada.talk("/site/gift", "Bob", "fins").is(.slowDown))
            #expect(try await self.world.hangar("Bob").count(.fins) == 19)
            #expect(try await bob.get("/site/").contains("Letters (19 new)"))
            self.world.clock.advance(by: .minutes(4))
            #expect(try await ada.get("/site/gift").contains("Wrapped and sent"))
        }
    }

    @Test("The boat comes at six, the weather changes every hour, and the tide brings what was lost")
    func jobs() async throws {
        try await self.world.capsule.test(runsServices: true) { visitor async throws in
            let clock = self.world.clock
            let ada = try await self.world.pilot("Ada", visitor)
            try await self.world.change("Ada") { try $0.lay(down: "Gannet", tanks: 1) }
            #expect(try await ada.get("/site/beach").contains("kelp"))
            var weather: Set<Weather> = []
            for _ in 1...6 {
                try await clock.untilSleeping(2)
                clock.advance(by: .hours(1))
                try await clock.untilSleeping(2)
                weather.insert(try await self.world.site.weather())
            }
            #expect(weather.count > 1)
            let hangar = try await self.world.hangar("Ada")
            #expect(hangar.fuel == 6 && hangar.crates == 2 && hangar.rocket?.age == 1)
            let beach = try await ada.get("/site/beach")
            #expect(beach.links.filter { $0.label == "Pick up: tank" }.count == 6)
            #expect(try await ada.talk("/site/pier/open").contains("# A crate"))
            #expect(try await self.world.hangar("Ada").crates == 1)
        }
    }

    @Test("Nobody flies in a storm")
    func storm() async throws {
        try await self.world.capsule.test { visitor async throws in
            let ada = try await self.world.pilot("Ada", visitor)
            try await self.world.change("Ada") { try $0.lay(down: "Gannet", tanks: 1) }
            let question = try await ada.get("/site/launch")
            let key = StoreKey(space: "site", id: "weather")
            try await self.world.site.store.write(Weather(sky: .storm, wind: 30), to: key)
            #expect(try await ada.answer(question, with: "yes").contains("The launch window is closed."))
            #expect(try await self.world.hangar("Ada").rocket?.name == "Gannet")
        }
    }
}
