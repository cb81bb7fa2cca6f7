import Testing

@testable import LaunchSite

@Suite("Rules")
struct RulesTests {
    private let calm = Weather(sky: .clear, wind: 0)

    private func rocket(_ stages: Int..., extras: [Part] = []) throws -> Rocket {
        var rocket = Rocket(name: "Gannet")
        for tanks in stages { try rocket.add(stage: tanks) }
        for part in extras { try rocket.fit(part) }
        return rocket
    }

    private func height(_ rocket: Rocket, _ weather: Weather, chance: UInt64 = 50) -> Int {
        Flight(of: rocket, in: weather, chance: chance).metres
    }

    @Test("The same rocket in the same weather with the same luck flies the same")
    func determinism() throws {
        let rocket = try self.rocket(3, 2, 1)
        #expect(Flight(of: rocket, in: self.calm, chance: 7) == Flight(of: rocket, in: self.calm, chance: 7))
        #expect(self.height(rocket, self.calm, chance: 0) < self.height(rocket, self.calm, chance: 100))
    }

    @Test("Order counts: the heavy stage belongs at the bottom")
    func order() throws {
        #expect(try self.height(self.rocket(3, 2, 1), self.calm) > self.height(self.rocket(1, 2, 3), self.calm))
        #expect(try self.height(self.rocket(1, 1), self.calm) > self.height(self.rocket(2), self.calm))
    }

    @Test("Space is within reach, and not of the first rocket")
    func space() throws {
        #expect(try self.height(self.rocket(3, 3, 3), self.calm) > Height.space.rawValue)
        #expect(try self.height(self.rocket(2), self.calm) < Height.meteors.rawValue)
    }

    @Test("Wind takes height, fins give some back, and rust takes more")
    func conditions() throws {
        let breeze = Weather(sky: .hazy, wind: 20)
        let (plain, finned) = (try self.rocket(2), try self.rocket(2, extras: [.fins]))
        #expect(self.height(plain, breeze) < self.height(plain, self.calm))
        #expect(self.height(finned, breeze) > self.height(plain, breeze))
        var rusty = plain
        for _ in 0..<100 { rusty.weatherADay() }
        #expect(self.height(rusty, self.calm) < self.height(plain, self.calm))
        #expect(Double(self.height(rusty, self.calm)) > 0.69 * Double(self.height(plain, self.calm)))
    }

    @Test("What is not brought home is lost, and nothing twice")
    func recovery() throws {
        let flight = Flight(of: try self.rocket(2, 1, extras: [.parachute]), in: self.calm, chance: 0)
        #expect(flight.recovered == [.nose, .engine, .parachute])
        #expect(flight.lost == [.tank, .tank, .engine, .tank])
        #expect(try Flight(of: self.rocket(1), in: self.calm, chance: 0).lost == [.nose, .engine, .tank])
    }

    @Test("The window", arguments: [(Weather.Sky.clear, 20, true), (.clear, 21, false), (.rain, 0, false)])
    func window(_ sky: Weather.Sky, _ wind: Int, _ isOpen: Bool) {
        #expect(Weather(sky: sky, wind: wind).isWindow == isOpen)
    }

    @Test("The weather is never far from what it was, and never stays for good")
    func weather() {
        var weather = self.calm
        var seen: Set<Weather.Sky> = []
        var chance: UInt64 = 1
        for _ in 0..<1000 {
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let next = weather.next(chance >> 20)
            #expect(abs(next.sky.rawValue - weather.sky.rawValue) <= 1 && abs(next.wind - weather.wind) <= 6)
            #expect((0...Weather.strongestWind).contains(next.wind))
            weather = next
            seen.insert(weather.sky)
        }
        #expect(seen == Set(Weather.Sky.allCases))
    }

    @Test("A hangar gives what it has, and what is refused changes nothing")
    func hangar() throws {
        var hangar = Hangar(pilot: "p")
        #expect(throws: Refusal.self) { try hangar.lay(down: "Gannet", tanks: 3) }
        #expect(throws: Refusal.self) { try hangar.lay(down: "Gannet", tanks: 0) }
        #expect(hangar == Hangar(pilot: "p"))
        try hangar.lay(down: "Gannet", tanks: 2)
        try hangar.fit(.parachute)
        let built = hangar
        #expect(throws: Refusal.self) { try hangar.fit(.parachute) }
        #expect(throws: Refusal.self) { try hangar.fit(.tank) }
        #expect(throws: Refusal.self) { try hangar.add(stage: 1) }
        #expect(throws: Refusal.self) { try hangar.launch(in: Weather(sky: .storm, wind: 0), chance: 0) }
        #expect(hangar == built)
        var apart = hangar
        try apart.scrap()
        #expect(apart == Hangar(pilot: "p"))

        let flight = try hangar.launch(in: self.calm, chance: 0)
        #expect(hangar.rocket == nil && hangar.fuel == 1 && hangar.shells == 10 + flight.shells)
        #expect(Part.allCases.map(hangar.count) == [1, 0, 1, 0, 1])
    }

    @Test("Every day there is more, up to what there is room for")
    func dawn() throws {
        var hangar = Hangar(pilot: "p")
        try hangar.lay(down: "Gannet", tanks: 1)
        for _ in 0..<10 { hangar.dawn() }
        #expect(hangar.fuel == Hangar.maximumFuel && hangar.crates == Hangar.maximumCrates)
        #expect(hangar.rocket?.age == 10)
        for chance in 0..<3 { _ = try hangar.openCrate(UInt64(chance)) }
        #expect(throws: Refusal.self) { try hangar.openCrate(0) }
        #expect(hangar.count(.tank) == 4)
    }
}
