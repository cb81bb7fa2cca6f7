import TOML
import Testing

@Suite("TOML as toml++ reads it", .timeLimit(.minutes(10)))
struct ComparisonTests {
    private func opinions(on document: String) -> (ours: String?, other: String?) {
        (try? Canonical.text(TOMLTable(parsing: document)), try? TOMLPlusPlus.canonical(document))
    }

    @Test("Both take the same documents for the same values", arguments: 0..<40)
    func sameOpinion(group: Int) {
        for seed in group * 100..<(group + 1) * 100 {
            var generator = TOMLGenerator(seed: seed)
            let whole = generator.document()
            for document in [whole, generator.mutated(whole)] where TOMLPlusPlus.survives(document) {
                let (ours, other) = self.opinions(on: document)
                #expect(ours == other, "\(document.debugDescription)")
            }
        }
    }
}
