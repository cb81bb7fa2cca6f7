import TestSupport

/// Inputs that are nearly right: files of a corpus with a few changes, the same ones for the same seed.
struct URLMutator {
    private var random: SeededGenerator
    private let seeds: [[UInt8]]
    private let words: [[UInt8]]

    init(seed: UInt64, corpus: String, dictionary: String) throws {
        self.random = SeededGenerator(state: seed)
        self.seeds = try URLFuzzing.corpus(corpus)
        self.words = try URLFuzzing.dictionary(dictionary)
    }

    mutating func next() -> [UInt8] {
        var input = self.seeds[self.below(self.seeds.count)]
        for _ in 0...self.below(4) {
            let offset = self.below(input.count + 1)
            switch self.below(6) {
            case 0: input.insert(contentsOf: self.words[self.below(self.words.count)], at: offset)
            case 1: input.insert(UInt8(self.below(256)), at: offset)
            case 2 where offset < input.count: input[offset] = UInt8(self.below(256))
            case 3 where offset < input.count: input[offset] ^= 1 << UInt8(self.below(8))
            case 4: input.removeSubrange(offset..<min(input.count, offset + self.below(8)))
            default:
                let other = self.seeds[self.below(self.seeds.count)]
                input.replaceSubrange(offset..., with: other[self.below(other.count + 1)...])
            }
        }
        return input
    }

    private mutating func below(_ limit: Int) -> Int {
        Int(self.random.next() % UInt64(limit))
    }
}
