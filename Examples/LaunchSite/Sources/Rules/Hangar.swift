/// What a pilot has, and may do with it. A method that throws has changed nothing.
struct Hangar: Sendable, Codable, Hashable {
    let pilot: String
    private(set) var fuel = 3
    private(set) var crates = 1
    private(set) var shells = 10
    private(set) var parts: [Part: Int] = [.nose: 1, .engine: 1, .tank: 2, .parachute: 1]
    private(set) var rocket: Rocket?

    static let maximumFuel = 12
    static let maximumCrates = 3
    static let dailyFuel = 3

    init(pilot: String) {
        self.pilot = pilot
    }

    func count(_ part: Part) -> Int {
        self.parts[part] ?? 0
    }

    /// The supply boat comes, and the salt air does what it does.
    mutating func dawn() {
        self.fuel = min(self.fuel + Self.dailyFuel, Self.maximumFuel)
        self.crates = min(self.crates + 1, Self.maximumCrates)
        self.rocket?.weatherADay()
    }

    mutating func openCrate(_ chance: UInt64) throws(Refusal) -> Part {
        guard self.crates > 0 else { throw Refusal("No crate on the pier is yours. The boat comes at six.") }
        self.crates -= 1
        let part = Part.inCrate(chance)
        self.add([part])
        return part
    }

    mutating func add(_ parts: [Part]) {
        for part in parts { self.parts[part, default: 0] += 1 }
    }

    mutating func take(_ parts: [Part]) throws(Refusal) {
        var rest = self.parts
        for part in parts {
            guard let count = rest[part], count > 0 else {
                throw Refusal("Your shelves hold no \(part.rawValue).")
            }
            rest[part] = count - 1
        }
        self.parts = rest
    }

    mutating func buy(_ part: Part) throws(Refusal) {
        guard self.shells >= part.price else {
            throw Refusal("That is \(part.price) shells, and you have \(self.shells). High flights pay.")
        }
        self.shells -= part.price
        self.add([part])
    }

    /// Begins a rocket with a nose and its first stage.
    mutating func lay(down name: String, tanks: Int) throws(Refusal) {
        guard self.rocket == nil else { throw Refusal("A rocket stands there already.") }
        var rocket = Rocket(name: name)
        try rocket.add(stage: tanks)
        try self.take(rocket.parts)
        self.rocket = rocket
    }

    mutating func add(stage tanks: Int) throws(Refusal) {
        try self.build([.engine] + Array(repeating: .tank, count: tanks)) { rocket throws(Refusal) in
            try rocket.add(stage: tanks)
        }
    }

    mutating func fit(_ part: Part) throws(Refusal) {
        try self.build([part]) { rocket throws(Refusal) in try rocket.fit(part) }
    }

    /// Takes the rocket apart again.
    mutating func scrap() throws(Refusal) {
        guard let rocket else { throw Refusal("The pad is empty.") }
        self.add(rocket.parts)
        self.rocket = nil
    }

    /// What stands ready to fly.
    func ready(in weather: Weather) throws(Refusal) -> Rocket {
        guard let rocket else { throw Refusal("The pad is empty. A launch of nothing went well; nobody noticed.") }
        guard weather.isWindow else { throw Refusal(weather.description) }
        guard rocket.fuel <= self.fuel else {
            throw Refusal("\(rocket.name) takes \(rocket.fuel.of("barrel")) of fuel, and you have \(self.fuel).")
        }
        return rocket
    }

    mutating func launch(in weather: Weather, chance: UInt64) throws(Refusal) -> Flight {
        let flight = Flight(of: try self.ready(in: weather), in: weather, chance: chance)
        self.fuel -= flight.rocket.fuel
        self.shells += flight.shells
        self.rocket = nil
        self.add(flight.recovered)
        return flight
    }

    private mutating func build(
        _ parts: [Part],
        _ change: (inout Rocket) throws(Refusal) -> Void
    ) throws(Refusal) {
        guard var rocket else { throw Refusal("First give it a name and a first stage.") }
        try change(&rocket)
        try self.take(parts)
        self.rocket = rocket
    }
}
