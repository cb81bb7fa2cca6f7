import FuzzProperties
import Testing

@Suite("Properties of request lines")
struct RequestLinePropertyTests {
    @Test("Every file of the corpus")
    func corpus() throws {
        let inputs = try URLFuzzing.corpus("request-line")
        #expect(inputs.count >= 24)
        inputs.forEach(checkRequestLineProperties)
    }

    @Test("Every input that once failed")
    func failCases() throws {
        try URLFuzzing.failCases("request-line").forEach(checkRequestLineProperties)
    }

    @Test("Mutations of the corpus", arguments: [1, 2] as [UInt64])
    func mutations(seed: UInt64) throws {
        var mutator = try URLMutator(seed: seed, corpus: "request-line", dictionary: "url")
        for _ in 0..<5000 {
            checkRequestLineProperties(mutator.next())
        }
    }
}
