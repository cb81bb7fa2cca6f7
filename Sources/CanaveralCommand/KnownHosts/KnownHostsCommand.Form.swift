import ArgumentParser
import GeminiClient

extension KnownHostsCommand {
    /// The forms of other programs.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case lagrange, gmni
        case goGemini = "go-gemini"

        var format: KnownHostsFormat {
            switch self {
            case .lagrange: .lagrange
            case .gmni: .gmni
            case .goGemini: .goGemini
            }
        }
    }
}
