/// A setting of a peer that has no equal here, and what to do instead.
///
/// Its description is a line such as `gmid.conf:12: ocsp: responses are not stapled here: leave it out.`
package struct Leftover: Hashable, Sendable, CustomStringConvertible {
    /// Where it stands, if it stands in a file.
    package var place: SourcePlace?
    /// The option as the peer spells it.
    package var option: String
    /// One sentence, without the full stop: why not, and what to do.
    package var advice: String

    package init(_ option: String, at place: SourcePlace? = nil, _ advice: String) {
        self.place = place
        self.option = option
        self.advice = advice
    }

    package var description: String {
        "\(self.place.map { "\($0): " } ?? "")\(self.option): \(self.advice)."
    }
}
