/// Patterns that have paths in common.
///
/// Here an exact path goes first, then regular expressions in their order, then the longest path. So a place that goes
/// before another is to leave those paths to it for which gmid does what the other does.
extension GmidTranslation {
    /// Settles who answers for what two places both match, and puts the places into the order that this takes.
    mutating func settleOverlaps(_ places: inout [GmidPlace]) {
        places = self.ordered(places)
        let closed = places.indices.filter { places[$0].options.clientAuthority != nil }
        for first in places.indices {
            for second in places.indices where second != first {
                guard self.goes(places[first], first, before: places[second], second),
                    places[first].pattern.mayOverlap(places[second].pattern),
                    !places[second].pattern.covers(places[first].pattern)
                else { continue }
                self.settle(first, second, &places)
            }
        }
        for index in closed { self.closeThirds(of: places[index], &places) }
    }

    /// What a place leaves to another may come to a third, which has to ask for the certificate that the place asks for.
    private mutating func closeThirds(of closed: GmidPlace, _ places: inout [GmidPlace]) {
        for index in places.indices where places[index].options.clientAuthority == nil {
            let third = places[index].pattern
            guard third.mayOverlap(closed.pattern), !third.covers(closed.pattern),
                closed.exceptions.contains(where: third.mayOverlap)
            else { continue }
            self.close(&places[index], as: closed, within: closed)
        }
    }

    /// Regular expressions in their order, then redirects that become some, the longest path first, then all others.
    private func ordered(_ places: [GmidPlace]) -> [GmidPlace] {
        func rank(_ place: GmidPlace) -> (Int, Int) {
            if case .matching = place.pattern.location { return (0, 0) }
            return self.becomesRegex(place) ? (1, -place.pattern.literalPrefix.utf8.count) : (2, 0)
        }
        return places.enumerated().sorted { left, right in
            let (first, second) = (rank(left.element), rank(right.element))
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }

    private func becomesRegex(_ place: GmidPlace) -> Bool {
        guard case .redirect(.some, _, _)? = place.answer(port: self.source.port?.value ?? 1965)?.translation else {
            return false
        }
        return true
    }

    private func isRegex(_ place: GmidPlace) -> Bool {
        if case .matching = place.pattern.location { return true }
        return self.becomesRegex(place)
    }

    private func goes(_ first: GmidPlace, _ index: Int, before second: GmidPlace, _ other: Int) -> Bool {
        // An exact path is settled by itself: all that matches it is known.
        guard self.isRegex(first), !second.pattern.isLiteral else { return false }
        return !self.isRegex(second) || index < other
    }

    private mutating func settle(_ first: Int, _ second: Int, _ places: inout [GmidPlace]) {
        let common = places[first].common(with: places[second])
        if places[first].pattern.covers(places[second].pattern), places[second].does(common) {
            // The second has all that holds there, but for what a fixed answer hides.
            if case .block = common.action, places[first].does(common) { return }
            places[first].exceptions.append(places[second].pattern)
        } else if places[first].does(common) {
            return
        } else if places[second].does(common) {
            places[first].exceptions.append(places[second].pattern)
        } else {
            let owner = places[first].outcome == common.outcome ? first : second
            if owner == second { places[first].exceptions.append(places[second].pattern) }
            self.close(&places[owner], as: common, within: places[owner == first ? second : first])
        }
    }

    /// Has a place ask for the certificate that gmid asks for on a part of it.
    private mutating func close(_ place: inout GmidPlace, as common: GmidPlace, within other: GmidPlace) {
        guard let authority = common.options.clientAuthority, place.options.clientAuthority == nil else {
            self.result.leave(
                "location \"\(place.text)\"",
                at: place.place,
                "it may have paths in common with \"\(other.text)\", for which gmid takes options of both: write locations for those"
            )
            return
        }
        // A fixed answer shows nothing.
        if case .block = place.action { return }
        place.options.clientAuthority = authority
        self.result.leave(
            "require client ca",
            at: authority.place,
            "\"\(other.text)\" may hold for a part of \"\(place.text)\", all of which asks for a certificate now: write locations for the parts"
        )
    }
}
