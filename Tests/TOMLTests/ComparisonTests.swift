import TOML
import Testing

@Suite("TOML as toml++ reads it", .timeLimit(.minutes(10)))
struct ComparisonTests {
    private func opinions(on document: String) -> (ours: String?, other: String?) {
        (try? Canonical.text(TOMLTable(parsing: document)), try? TOMLPlusPlus.canonical(document))
    }

    @Test("Both take the same documents for the same values", arguments: 0..<60)
    func sameOpinion(group: Int) {
        var asked = 0
        var taken = 0
        for seed in group * 100..<(group + 1) * 100 {
            var generator = TOMLGenerator(seed: seed)
            let whole = generator.document()
            for document in [whole, generator.mutated(whole)] where TOMLPlusPlus.isSound(for: document) {
                let (ours, other) = self.opinions(on: document)
                #expect(ours == other, "\(String(reflecting: document))")
                asked += 1
                taken += ours == nil ? 0 : 1
            }
        }
        // Both kinds are worth a comparison.
        #expect(asked > 150 && taken > 40 && taken < asked - 40)
    }

    @Test(
        "Where toml++ is lax, or wrong, the specification decides",
        arguments: [
            // RFC 3339 has leap seconds.
            "a = 2016-12-31T23:59:60Z", "a = 23:59:60",
            // Any number of digits; those that cannot be kept are cut.
            "a = 07:32:00.\(String(repeating: "1", count: 70))",
            // A text is as long as it is, zero characters included.
            "a = \"b\\u0000c\"",
            // White space is blanks, tabs and the ends of lines.
            "a = \"\"\"b\\\n\u{FEFF}c\"\"\"",
            // A number has no longest form.
            "a = 0.\(String(repeating: "1", count: 200))",
        ]
    )
    func differences(document: String) {
        let (ours, other) = self.opinions(on: document)
        #expect(ours != nil && ours != other, "\(String(reflecting: other))")
    }
}
