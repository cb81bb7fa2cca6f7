import FuzzProperties
import Testing

@Suite("Properties of URLs")
struct URLPropertyTests {
    @Test("Every file of the corpora")
    func corpus() throws {
        let inputs = try URLFuzzing.corpus("url") + URLFuzzing.corpus("request-line")
        #expect(inputs.count >= 48)
        inputs.forEach(checkURLProperties)
    }

    @Test("Every input that once failed")
    func failCases() throws {
        try URLFuzzing.failCases("url").forEach(checkURLProperties)
    }

    @Test("Mutations of the corpora", arguments: ["url", "request-line"], [1, 2] as [UInt64])
    func mutations(corpus: String, seed: UInt64) throws {
        var mutator = try URLMutator(seed: seed, corpus: corpus, dictionary: "url")
        for _ in 0..<2500 {
            checkURLProperties(mutator.next())
        }
    }

    @Test("Every text of up to four of the characters that give URLs their structure")
    func combinations() {
        let alphabet = Array("a:/.?#@%;[".utf8)
        for length in 0...4 {
            var indices = [Int](repeating: 0, count: length)
            repeat {
                checkURLProperties(indices.map { alphabet[$0] })
            } while Self.advance(&indices, below: alphabet.count)
        }
    }

    private static func advance(_ indices: inout [Int], below limit: Int) -> Bool {
        for position in indices.indices {
            indices[position] += 1
            if indices[position] < limit {
                return true
            }
            indices[position] = 0
        }
        return false
    }
}
