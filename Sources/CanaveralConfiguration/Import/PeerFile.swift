/// Whose configuration a file seems to be, by what stands at the beginning of its lines.
enum PeerFile: CaseIterable {
    case canaveral
    case gmid
    case mollyBrown

    /// - Throws: ``ImportError`` where nothing in a text is of the peer that it is read for, and something is of another.
    static func check(_ text: String, isOf peer: PeerFile, file: String) throws(ImportError) {
        let signs = Set(text.split(whereSeparator: \.isNewline).compactMap { Self.sign(of: $0) })
        guard !signs.contains(peer), let other = Self.allCases.first(where: signs.contains) else { return }
        throw .file(file, reason: other.advice)
    }

    private var advice: String {
        switch self {
        case .canaveral: "seems to be a canaveral.toml already: use it with 'canaveral serve --config'"
        case .gmid: "seems to be gmid's configuration: read it with 'canaveral import gmid'"
        case .mollyBrown: "seems to be molly-brown's configuration: read it with 'canaveral import molly-brown'"
        }
    }

    private static func sign(of line: Substring) -> PeerFile? {
        let line = line.drop { $0 == " " || $0 == "\t" }
        let word = line.prefix { $0.isLetter || $0.isNumber }
        let rest = line.dropFirst(word.count).drop { $0 == " " || $0 == "\t" }
        if word == "server", rest.hasPrefix("\"") { return .gmid }
        if line.hasPrefix("[[host") { return .canaveral }
        let table = line.hasPrefix("[") ? line.dropFirst().prefix { $0 != "]" } : nil
        let name = rest.hasPrefix("=") ? word : table
        return name.map { name in MollyBrownTranslation.names.contains { $0 == name } } == true ? .mollyBrown : nil
    }
}
