import Canaveral

extension HostSettings {
    /// Reports redirects to addresses that the same location answers, by the same redirect again.
    func reportLoops(_ table: TableReader) {
        for location in self.locations {
            guard case .redirect(let target, _) = location.answer, self.answers(target, with: location) else {
                continue
            }
            table.place.reader.report(
                ConfigurationProblem(
                    "It redirects to \(target), which is redirected there again, without an end: name an address of another place.",
                    at: "\(location.path).redirect",
                    line: location.answerLine
                )
            )
        }
    }

    /// Whether what a redirect leads to is a path of the location, as far as that can be told of one.
    private func answers(_ target: String, with location: LocationSettings) -> Bool {
        guard target.hasPrefix("/"), !target.hasPrefix("//") else { return false }
        let isOpen = location.place.hasTop && target.hasSuffix("**")
        let text = isOpen ? target.dropLast(2) : target.prefix { $0 != "?" && $0 != "#" }
        let path = LocationPath(String(text))
        for case .regex(let pattern) in self.locations.map(\.place) {
            if isOpen || (try? PathExpression(pattern))?.matches(String(text)) == true { return false }
        }
        if !isOpen {
            for case .exact(let other) in self.locations.map(\.place) where LocationPath(other) == path {
                return .exact(path) == location.place.identity
            }
        }
        let prefixes = self.locations.map(\.place).compactMap { place in
            if case .prefix(let other) = place { LocationPath(prefix: other) } else { nil }
        }
        let nearest = prefixes.filter { path.names.starts(with: $0.names) }.max { $0.names.count < $1.names.count }
        return nearest.map { .prefix($0) == location.place.identity } ?? false
    }
}
