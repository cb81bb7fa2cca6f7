import CoreMetrics
import GeminiMetrics
import Testing

@Suite("OpenMetrics text")
struct ExpositionTests {
    @Test("Every kind of metric, as OpenMetrics 1.0 writes it")
    func golden() {
        let registry = OpenMetricsRegistry(durationBuckets: [0.0001, 0.5, 1, 10], valueBuckets: [100, 1e16])
        registry.describe("requests", "Requests by \"scheme\",\nwith a \\.")
        registry.describe("response_time", "Time.")
        registry.describe("nothing", "Never made.")

        let gemini = Counter(label: "requests", dimensions: [("scheme", "gemini")], factory: registry)
        let odd = Counter(label: "requests", dimensions: [("scheme", "a\"b\\c\nd\té")], factory: registry)
        gemini.increment()
        gemini.increment(by: 41)
        odd.increment(by: 0)
        FloatingPointCounter(label: "fuel", factory: registry).increment(by: 1.25)
        Counter(label: "sent_bytes", factory: registry).increment(by: 1_000_000_000_000)
        let open = Meter(label: "connections.open", factory: registry)
        open.increment()
        open.increment(by: 2)
        open.decrement()
        Gauge(label: "temperature", dimensions: [("b", "2"), ("a", "1"), ("a", "3"), ("le", "x")], factory: registry)
            .record(-0.5)
        let time = Timer(label: "response_time", factory: registry)
        time.recordNanoseconds(100_000)  // the bound is in its bucket
        time.recordNanoseconds(100_001)
        time.recordSeconds(2)
        time.recordSeconds(20)
        Recorder(label: "page_size", dimensions: [("kind", "gmi")], factory: registry).record(101)
        registry.addBuildInfo("capsule", ["version": "1.2", "commit": "abc"])
        registry.addCollector {
            var pages = CollectedMetric("pages", .gauge, help: "Pages.")
            pages.add(.infinity, labels: [("language", "en")])
            pages.add(.nan, labels: [("language", "fr")])
            return [pages, CollectedMetric("empty", .gauge), CollectedMetric("fuel", .gauge)]
        }

        #expect(
            registry.exposition() == #"""
                # TYPE capsule_build info
                # HELP capsule_build Which build of the program this is.
                capsule_build_info{commit="abc",version="1.2"} 1.0
                # TYPE connections_open gauge
                connections_open 2.0
                # TYPE fuel counter
                fuel_total 1.25
                # TYPE page_size histogram
                page_size_bucket{kind="gmi",le="100.0"} 0
                page_size_bucket{kind="gmi",le="1e+16"} 1
                page_size_bucket{kind="gmi",le="+Inf"} 1
                page_size_count{kind="gmi"} 1
                page_size_sum{kind="gmi"} 101.0
                # TYPE pages gauge
                # HELP pages Pages.
                pages{language="en"} +Inf
                pages{language="fr"} NaN
                # TYPE requests counter
                # HELP requests Requests by \"scheme\",\nwith a \\.
                requests_total{scheme="a\"b\\c\nd	é"} 0
                requests_total{scheme="gemini"} 42
                # TYPE response_time_seconds histogram
                # UNIT response_time_seconds seconds
                # HELP response_time_seconds Time.
                response_time_seconds_bucket{le="0.0001"} 1
                response_time_seconds_bucket{le="0.5"} 2
                response_time_seconds_bucket{le="1.0"} 2
                response_time_seconds_bucket{le="10.0"} 3
                response_time_seconds_bucket{le="+Inf"} 4
                response_time_seconds_count 4
                response_time_seconds_sum 22.000200001
                # TYPE sent_bytes counter
                # UNIT sent_bytes bytes
                sent_bytes_total 1000000000000
                # TYPE temperature gauge
                temperature{_le="x",a="3",b="2"} -0.5
                # EOF

                """#
        )
    }

    @Test("Nothing is a text too")
    func empty() {
        #expect(OpenMetricsRegistry().exposition() == "# EOF\n")
    }

    @Test(
        "What a name may not hold is an underscore, and endings are not doubled",
        arguments: [
            ("http.requests-2", "http_requests_2_total 1"), ("requests_total", "requests_total 1"),
            ("9lives", "_9lives_total 1"), ("", "__total 1"), ("a:b", "a:b_total 1"), ("héllo", "h__llo_total 1"),
            ("page_count", "page_total 1"), ("_total", "_total_total 1"),
        ]
    )
    func names(label: String, line: String) {
        let registry = OpenMetricsRegistry()
        Counter(label: label, factory: registry).increment()
        #expect(registry.exposition().split(separator: "\n").contains(Substring(line)), "\(registry.exposition())")
    }

    @Test("A timer whose label has the unit keeps it")
    func timerName() {
        let registry = OpenMetricsRegistry(durationBuckets: [])
        Timer(label: "wait_seconds", factory: registry).recordSeconds(1)
        #expect(registry.exposition().contains("\nwait_seconds_count 1\n"))
    }

    @Test("Two kinds of one label do not clash")
    func clash() {
        let registry = OpenMetricsRegistry(valueBuckets: [])
        Counter(label: "x", factory: registry).increment()
        Gauge(label: "x", factory: registry).record(2)
        Gauge(label: "x_total", factory: registry).record(3)
        Recorder(label: "x", factory: registry).record(4)
        let lines = registry.exposition().split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                "x_total 1", "x_gauge 2.0", "x_histogram_bucket{le=\"+Inf\"} 1", "x_histogram_count 1",
                "x_histogram_sum 4.0", "x_total_gauge 3.0",
            ]
        )
    }
}
