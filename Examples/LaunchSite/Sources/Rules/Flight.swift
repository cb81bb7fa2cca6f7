import Foundation

/// One launch, from the first flame to the splash: what follows from the rocket, the weather and a little luck.
struct Flight: Sendable, Codable, Hashable {
    struct Event: Sendable, Codable, Hashable {
        /// Since lift-off.
        let second: Int
        let text: String
    }

    let rocket: Rocket
    let metres: Int
    let events: [Event]

    /// Of the engines' exhaust, in metres a second.
    private static let exhaustSpeed = 700.0
    private static let fuelMass = 3.0
    private static let gravity = 9.81

    /// - Parameter chance: the luck, of which a twentieth of the height depends, up or down.
    init(of rocket: Rocket, in weather: Weather, chance: UInt64) {
        var mass = rocket.parts.reduce(Self.fuelMass * Double(rocket.fuel)) { $0 + $1.mass }
        var speed = 0.0
        var second = 0
        var events = [Event(second: 0, text: "Lift-off! \(rocket.name) stands on its flame, and then on nothing.")]
        // Tsiolkovsky, stage by stage: what burns is left behind first, and then what held it.
        for (index, tanks) in rocket.stages.enumerated() {
            let burnt = mass - Self.fuelMass * Double(tanks)
            speed += Self.exhaustSpeed * log(mass / burnt)
            mass = burnt - Part.engine.mass - Part.tank.mass * Double(tanks)
            second += 9 * tanks
            let isLast = index == rocket.stages.count - 1
            events.append(Event(second: second, text: isLast ? "The last engine stops." : Self.separation[index % 2]))
        }
        let drift = Double(weather.wind) * (rocket.has(.fins) ? 0.003 : 0.012)
        let rust = min(0.01 * Double(rocket.age), 0.3)
        let luck = 0.95 + Double(chance % 101) / 1000
        let metres = speed * speed / (2 * Self.gravity) * (1 - drift) * (1 - rust) * luck
        self.rocket = rocket
        self.metres = Int(metres)
        second += Int((2 * metres / Self.gravity).squareRoot())
        events.append(
            Event(second: second, text: "The top: \(Height.text(self.metres)). \(Height(self.metres).remark)")
        )
        events.append(Event(second: 2 * second, text: rocket.has(.parachute) ? Self.parachute : Self.splash))
        self.events = events
    }

    /// What the parachute brings home.
    var recovered: [Part] {
        self.rocket.has(.parachute) ? [.nose, .engine, .parachute] : []
    }

    /// What falls into the sea.
    var lost: [Part] {
        self.recovered.reduce(into: self.rocket.parts) { parts, part in
            if let index = parts.firstIndex(of: part) { parts.remove(at: index) }
        }
    }

    /// What the height is worth.
    var shells: Int {
        1 + self.metres / 5000
    }

    private static let separation = [
        "A stage lets go and tumbles home to the sea, its work done.",
        "Another stage falls away. What is left seems to breathe in.",
    ]
    private static let parachute = "A red parachute over grey water. Somebody is already rowing."
    private static let splash = "A splash, far out. The tide will bring some of it home, to whoever is up first."
}
