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
}
