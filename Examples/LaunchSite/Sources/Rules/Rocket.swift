/// A rocket on the pad. It has a nose; everything else is its builder's choice.
struct Rocket: Sendable, Codable, Hashable {
    let name: String
    /// The tanks of each stage, the lowest first. Each stage has an engine besides.
    private(set) var stages: [Int] = []
    private(set) var extras: [Part] = []
    /// The days that it has stood in the salt air.
    private(set) var age = 0

    static let maximumStages = 3
    static let tanks = 1...3

    init(name: String) {
        self.name = name
    }

    /// The barrels that it takes to fill it.
    var fuel: Int {
        self.stages.reduce(0, +)
    }

    var parts: [Part] {
        let stages = self.stages.flatMap { [.engine] + Array(repeating: Part.tank, count: $0) }
        return [.nose] + stages + self.extras
    }

    func has(_ part: Part) -> Bool {
        self.parts.contains(part)
    }

    /// Puts a stage beneath the nose, on top of the others.
    mutating func add(stage tanks: Int) throws(Refusal) {
        guard self.stages.count < Self.maximumStages else {
            throw Refusal("Three stages is what the crane reaches.")
        }
        guard Self.tanks.contains(tanks) else { throw Refusal("A stage has one, two or three tanks.") }
        self.stages.append(tanks)
    }

    /// Fits what a rocket can do without.
    mutating func fit(_ part: Part) throws(Refusal) {
        guard part == .fins || part == .parachute else { throw Refusal("That goes into a stage, not onto one.") }
        guard !self.has(part) else { throw Refusal("It has that already, and looks well with it.") }
        self.extras.append(part)
    }

    /// A night outdoors.
    mutating func weatherADay() {
        self.age += 1
    }

    var condition: String {
        switch self.age {
        case 0: "fresh paint"
        case 1...3: "a little salt on it"
        case 4...9: "rust at the seams"
        default: "more rust than rocket"
        }
    }
}
