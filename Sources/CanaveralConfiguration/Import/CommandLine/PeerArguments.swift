/// A peer's command line, taken apart as its own parser would.
struct PeerArguments {
    /// An option that a peer has.
    struct Option {
        var name: String
        var short: Character?
        var takesValue: Bool
        /// Whether each occurrence counts.
        var repeats: Bool

        static func value(_ name: String, repeats: Bool = false) -> Option {
            Option(name: name, short: nil, takesValue: true, repeats: repeats)
        }

        static func flag(_ name: String, short: Character? = nil) -> Option {
            Option(name: name, short: short, takesValue: false, repeats: false)
        }
    }

    /// How a peer's parser reads what is not spelled out.
    enum Style {
        /// Python's: an unambiguous beginning of a name will do, and the last of several values counts.
        case argparse
        /// Rust's: names in full, and no option twice.
        case getopts
    }

    /// Values by the option's name, in order; flags have empty ones.
    private var values: [String: [String]] = [:]

    /// - Parameters:
    ///   - arguments: with or without the peer's own name or a `--` in front.
    ///   - peer: its name.
    init(_ arguments: [String], of peer: String, options: [Option], style: Style) throws(ImportError) {
        var rest = arguments[...]
        if rest.first == "--" { rest.removeFirst() }
        if rest.first?.split(separator: "/").last.map(String.init) == peer { rest.removeFirst() }
        while let argument = rest.popFirst() {
            if argument.hasPrefix("--"), argument.count > 2 {
                let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let option = try Self.option(String(parts[0]), of: peer, among: options, style: style)
                try self.take(option, parts.count > 1 ? String(parts[1]) : nil, &rest, of: peer, style: style)
            } else if argument.hasPrefix("-"), argument.count > 1, argument != "--" {
                for letter in argument.dropFirst() {
                    guard let option = options.first(where: { $0.short == letter }) else {
                        throw .commandLine(Self.unknown("-\(letter)", of: peer))
                    }
                    try self.take(option, nil, &rest, of: peer, style: style)
                }
            } else {
                throw .commandLine(
                    "\(peer) takes no argument '\(argument)': give its options alone, as in 'canaveral import \(peer) -- --hostname example.org'"
                )
            }
        }
    }

    func has(_ name: String) -> Bool { self.values[name] != nil }

    /// The value that counts.
    subscript(_ name: String) -> String? { self.values[name]?.last }

    func all(_ name: String) -> [String] { self.values[name] ?? [] }

    private mutating func take(
        _ option: Option,
        _ attached: String?,
        _ rest: inout ArraySlice<String>,
        of peer: String,
        style: Style
    ) throws(ImportError) {
        let name = "--\(option.name)"
        if style == .getopts, !option.repeats, self.values[option.name] != nil {
            throw .commandLine("\(name) is given twice, which \(peer) refuses: leave one out")
        }
        guard option.takesValue else {
            guard attached == nil else { throw .commandLine("\(name) takes no value: write \(name) alone") }
            self.values[option.name] = [""]
            return
        }
        // Python's parser takes what looks like an option for one, an empty argument or a negative number for a value.
        let value =
            attached
            ?? rest.first.flatMap { next in
                style == .argparse && next.hasPrefix("-") && next.count > 1 && Double(next) == nil ? nil : next
            }
        guard let value else { throw .commandLine("\(name) needs a value, as in \(name)=…") }
        if attached == nil { rest.removeFirst() }
        self.values[option.name, default: []].append(value)
    }

    private static func option(
        _ name: String,
        of peer: String,
        among options: [Option],
        style: Style
    ) throws(ImportError) -> Option {
        if let option = options.first(where: { $0.name == name }) { return option }
        let candidates = style == .argparse && !name.isEmpty ? options.filter { $0.name.hasPrefix(name) } : []
        switch candidates.count {
        case 0: throw .commandLine(self.unknown("--\(name)", of: peer))
        case 1: return candidates[0]
        default:
            let names = candidates.map { "--\($0.name)" }.joined(separator: " or ")
            throw .commandLine("--\(name) can be \(names): write it in full")
        }
    }

    private static func unknown(_ option: String, of peer: String) -> String {
        "\(peer) has no option \(option): give its command line as it is"
    }
}
