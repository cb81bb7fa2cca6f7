/// What became of a peer's settings.
package struct ImportedConfiguration: Sendable {
    /// The canaveral.toml that does the same.
    package var document = ConfigurationDocument()

    /// What it does not do, in the order of the peer's settings.
    package private(set) var leftovers: [Leftover] = []

    /// - Parameter source: the peer and, where there is one, its file, as in `gmid from /etc/gmid.conf`.
    init(of source: String) {
        self.document.top.remarks = ["Made by 'canaveral import' of \(source)."]
    }

    mutating func leave(_ option: String, at place: SourcePlace? = nil, _ advice: String) {
        let leftover = Leftover(option, at: place, advice)
        if !self.leftovers.contains(leftover) { self.leftovers.append(leftover) }
    }

    /// Writes the addresses that the peer listens at, and lists those that others have already.
    ///
    /// - Parameter option: the peer's, for an address.
    mutating func listen(_ plan: ListenerPlan, option: (String) -> String) {
        var plan = plan
        for (held, all) in plan.removeHeld() {
            self.leave(
                option(held.address),
                at: held.place,
                "it is one of the addresses of \(all), which nobody can listen on besides: it is left out"
            )
        }
        plan.write(to: &self.document.top)
    }

    /// Says something in the file that a reader of it should know, and that is no setting.
    mutating func remark(_ text: String) {
        if !self.document.top.remarks.contains(text) { self.document.top.remarks.append(text) }
    }

    /// The leftovers, ordered by their places where all have one.
    mutating func sortLeftovers() {
        self.leftovers = self.leftovers.enumerated().sorted { left, right in
            guard let first = left.element.place, let second = right.element.place, first.file == second.file,
                first.line != second.line
            else { return left.offset < right.offset }
            return first.line < second.line
        }.map(\.element)
    }
}
