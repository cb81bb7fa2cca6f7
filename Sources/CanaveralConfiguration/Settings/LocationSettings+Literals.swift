import GeminiFiles

extension LocationSettings {
    /// Reports what stands for itself, and looks as if it were meant to stand for something else.
    func reportLiterals(_ table: TableReader) {
        switch self.place {
        case .prefix(let path) where path.contains("*"), .exact(let path) where path.contains("*"):
            let key = if case .prefix = self.place { Keys.path.name } else { Keys.exact.name }
            table.report(
                "A '*' is a star and nothing else here: use 'regex', or a 'path', which is for everything beneath it.",
                at: key,
                severity: .warning
            )
        default:
            break
        }
        guard case .redirect(let target, _) = self.answer else { return }
        if let host = Self.host(lookedLikeBy: target) {
            table.report(
                "It is a path relative to the one that is asked for, and names no host: write \"gemini://\(host)/\" for one, or a path that begins with a slash.",
                at: Keys.redirect.name,
                severity: .warning
            )
        }
        let isRegex = if case .regex = self.place { true } else { false }
        if !isRegex, target.contains(/\$[1-9]/) {
            table.report(
                "'$1' to '$9' stand for something with 'regex' only, and for themselves here.",
                at: Keys.redirect.name,
                severity: .warning
            )
        }
        let rest = self.place.hasTop && target.hasSuffix("**") ? target.dropLast(2) : target[...]
        if rest.contains("**") {
            table.report(
                "'**' stands for what is beneath a 'path' at the end of the address only, and for itself here.",
                at: Keys.redirect.name,
                severity: .warning
            )
        }
    }

    /// The host that was meant by the address of a redirect which has neither a scheme nor a slash in front; `nil` where it
    /// may be the name of a file.
    private static func host(lookedLikeBy target: String) -> Substring? {
        guard
            let match = target.wholeMatch(of: /((?:[A-Za-z0-9-]+\.)+([A-Za-z][A-Za-z0-9-]*)(?::[0-9]+)?)(?:[\/?#].*)?/)
        else { return nil }
        let types = MediaTypeTable()
        let isFile = types.mediaType(ofFile: "x.\(match.2)") != types.mediaType(ofFile: "x")
        return isFile && !match.1.contains(":") ? nil : match.1
    }
}
