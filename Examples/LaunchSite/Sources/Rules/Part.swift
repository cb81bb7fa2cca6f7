import Canaveral

/// What rockets are made of.
enum Part: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable, PathParameter {
    case nose, tank, engine, fins, parachute

    /// In shells, which are the money at Gull Point.
    var price: Int {
        switch self {
        case .tank, .fins: 3
        case .nose: 4
        case .parachute: 5
        case .engine: 6
        }
    }

    /// In tonnes, without fuel.
    var mass: Double {
        switch self {
        case .fins: 0.25
        case .nose, .tank, .parachute: 0.5
        case .engine: 1
        }
    }

    var purpose: String {
        switch self {
        case .nose: "Every rocket has one. The gulls sit on it."
        case .tank: "Holds one barrel of fuel, and rattles."
        case .engine: "Every stage has one. Loud."
        case .fins: "Keep a rocket's mind on where it is going when the wind has other ideas."
        case .parachute: "Brings home the nose, the last engine and itself."
        }
    }

    /// What a crate holds: tanks mostly, since it is they that run out.
    static func inCrate(_ chance: UInt64) -> Part {
        let contents: [Part] = [.tank, .tank, .tank, .tank, .engine, .engine, .nose, .fins, .parachute, .parachute]
        return contents[Int(chance % UInt64(contents.count))]
    }
}
