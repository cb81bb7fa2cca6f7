import Canaveral

/// How a pilot likes pages to look, kept with the account.
struct Taste: Sendable {
    enum Setting: String, Sendable, CaseIterable, PathParameter {
        case emoji, colour
    }

    enum Choice: String, Sendable, PathParameter {
        case on, off
    }

    private let chosen: Set<Setting>

    init(_ account: Account? = nil) {
        self.chosen = Set(Setting.allCases.filter { account?.attributes[$0.rawValue] == Choice.on.rawValue })
    }

    func has(_ setting: Setting) -> Bool {
        self.chosen.contains(setting)
    }

    /// For art.
    var colours: ANSIColours {
        self.has(.colour) ? .kept : .removed
    }

    func name(_ part: Part) -> String {
        guard self.has(.emoji) else { return part.rawValue }
        let emoji =
            switch part {
            case .nose: "🔺"
            case .tank: "🛢️"
            case .engine: "🔥"
            case .fins: "🪶"
            case .parachute: "🪂"
            }
        return "\(emoji) \(part.rawValue)"
    }
}
