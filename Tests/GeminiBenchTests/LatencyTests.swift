import Testing

@testable import GeminiBench

@Suite("Latencies")
struct LatencyTests {
    @Test("Percentiles are right to three digits, and the maximum is exact")
    func percentiles() {
        var latency = Latency()
        for microseconds in 1...10_000 { latency.record(Int64(microseconds) * 1000) }
        #expect(latency.count == 10_000)
        for (percent, microseconds) in [(50.0, 5000.0), (90, 9000), (99, 9900), (99.9, 9990)] {
            let value = latency.percentile(percent) / .microseconds(1)
            #expect(abs(value - microseconds) / microseconds < 0.001, "\(percent)")
        }
        #expect(latency.maximum == .milliseconds(10))
        #expect(latency.percentile(100) == .milliseconds(10))
    }

    @Test("The tail is there when the latencies of threads are put together")
    func adding() {
        var (one, other) = (Latency(), Latency())
        for _ in 0..<999 { one.record(1_000_000) }
        other.record(5_000_000_000)
        one.add(other)
        #expect(one.count == 1000)
        #expect(one.maximum == .seconds(5))
        #expect(one.percentile(99) < .milliseconds(2))
    }

    @Test("Nothing was measured, and everything is zero; what is too long is cut")
    func extremes() {
        var latency = Latency()
        #expect(latency.percentile(99) == .zero)
        #expect(latency.maximum == .zero)
        #expect(latency.mean == .zero)
        latency.record(.max)
        latency.record(-1)
        #expect(latency.maximum == .seconds(3600))
        #expect(latency.count == 2)
    }
}
