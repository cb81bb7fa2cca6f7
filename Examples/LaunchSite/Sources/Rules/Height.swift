/// How high is high.
enum Height: Int, Sendable, CaseIterable {
    case gulls = 0
    case clouds = 2_000
    case airliners = 10_000
    case meteors = 50_000
    case space = 100_000

    init(_ metres: Int) {
        self = Self.allCases.last { $0.rawValue <= metres } ?? .gulls
    }

    var remark: String {
        switch self {
        case .gulls: "The gulls were not impressed."
        case .clouds: "Above the clouds, where it is always a fine day."
        case .airliners: "Somebody in seat 14A has a story to tell."
        case .meteors: "Where the shooting stars burn, one went the other way."
        case .space: "Space. The sky is black, and very quiet, and ours."
        }
    }

    /// Metres for people: `740 m`, `12.3 km`.
    static func text(_ metres: Int) -> String {
        metres < 1000 ? "\(metres) m" : "\(metres / 1000).\(metres % 1000 / 100) km"
    }
}
