import CoreMetrics
import GeminiMetrics
import Testing

@Suite("Metrics registry")
struct RegistryTests {
    @Test("One label and the same dimensions, in any order, are one series")
    func shared() {
        let registry = OpenMetricsRegistry()
        Counter(label: "a", dimensions: [("x", "1"), ("y", "2")], factory: registry).increment()
        Counter(label: "a", dimensions: [("y", "2"), ("x", "1")], factory: registry).increment()
        FloatingPointCounter(label: "a", dimensions: [("x", "1"), ("y", "2")], factory: registry).increment(by: 0.5)
        #expect(registry.exposition().contains("a_total{x=\"1\",y=\"2\"} 2.5\n"))
    }

    @Test("What is destroyed is not told any more, and can come again")
    func destroy() {
        let registry = OpenMetricsRegistry()
        let counter = Counter(label: "a", dimensions: [("x", "1")], factory: registry)
        let other = Counter(label: "a", dimensions: [("x", "2")], factory: registry)
        let gauge = Gauge(label: "b", factory: registry)
        let timer = Timer(label: "c", factory: registry)
        let meter = Meter(label: "d", factory: registry)
        counter.increment(by: 5)
        counter.destroy()
        #expect(!registry.exposition().contains("x=\"1\""))
        #expect(registry.exposition().contains("a_total{x=\"2\"} 0"))
        other.destroy()
        gauge.destroy()
        timer.destroy()
        meter.destroy()
        #expect(registry.exposition() == "# EOF\n")
        Counter(label: "a", dimensions: [("x", "1")], factory: registry).increment()
        // The name is free for another kind as well.
        Gauge(label: "c_seconds", factory: registry).record(1)
        #expect(registry.exposition().contains("a_total{x=\"1\"} 1\n"))
        #expect(registry.exposition().contains("c_seconds 1.0\n"))
    }

    @Test("A counter never falls, but for a reset")
    func negative() {
        let registry = OpenMetricsRegistry()
        let counter = Counter(label: "a", factory: registry)
        counter.increment(by: 3)
        counter.increment(by: -2)
        #expect(registry.exposition().contains("a_total 3\n"))
        counter.reset()
        #expect(registry.exposition().contains("a_total 0\n"))
    }

    @Test("Many threads at once lose nothing, and what is read meanwhile agrees with itself")
    func concurrent() async {
        let registry = OpenMetricsRegistry(durationBuckets: [0.001, 0.01])
        let (tasks, each) = (8, 5000)
        await withTaskGroup { group in
            for _ in 0..<tasks {
                group.addTask {
                    let counter = Counter(label: "counter", factory: registry)
                    let meter = Meter(label: "meter", factory: registry)
                    let timer = Timer(label: "timer", factory: registry)
                    for number in 0..<each {
                        counter.increment()
                        meter.increment()
                        timer.recordMilliseconds(number % 3 * 5)
                    }
                }
            }
            group.addTask {
                for _ in 0..<200 {
                    let values = Self.values(registry.exposition())
                    guard let count = values["timer_seconds_count"] else { continue }
                    #expect(values["timer_seconds_bucket{le=\"+Inf\"}"] == count)
                    #expect(values["timer_seconds_bucket{le=\"0.01\"}", default: 0] <= count)
                }
            }
        }
        let values = Self.values(registry.exposition())
        let total = Double(tasks * each)
        #expect(values["counter_total"] == total)
        #expect(values["meter"] == total)
        #expect(values["timer_seconds_count"] == total)
        // 0 ms, 5 ms and 10 ms in turn: the first is below a millisecond, and all are below ten.
        #expect(values["timer_seconds_bucket{le=\"0.001\"}"] == Double(tasks * ((each + 2) / 3)))
        #expect(values["timer_seconds_bucket{le=\"0.01\"}"] == total)
    }

    static func values(_ text: String) -> [String: Double] {
        var values: [String: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let space = line.lastIndex(of: " ") else { continue }
            values[String(line[..<space])] = Double(line[line.index(after: space)...])
        }
        return values
    }

    #if os(Linux)
    @Test("The process tells its memory, its descriptors, its time and its start")
    func process() throws {
        let registry = OpenMetricsRegistry()
        registry.addProcessMetrics()
        let values = Self.values(registry.exposition())
        let resident = try #require(values["process_resident_memory_bytes"])
        #expect(resident > 1_000_000 && resident < 1_000_000_000_000)
        #expect(try #require(values["process_virtual_memory_bytes"]) > resident)
        let (open, most) = try (#require(values["process_open_fds"]), #require(values["process_max_fds"]))
        #expect(open > 3 && open < most)
        #expect(try #require(values["process_cpu_seconds_total"]) > 0)
        let start = try #require(values["process_start_time_seconds"])
        #expect(start > 1_700_000_000)
        // Asked again, the files are read from their beginnings.
        let again = Self.values(registry.exposition())
        #expect(again["process_open_fds"] != nil && again["process_resident_memory_bytes"] != nil)
        #expect(try #require(again["process_cpu_seconds_total"]) >= (values["process_cpu_seconds_total"] ?? 0))
    }

    @Test("Where descriptors are not to be counted, they are not")
    func withoutDescriptors() {
        let registry = OpenMetricsRegistry()
        registry.addProcessMetrics(countsDescriptors: false)
        let values = Self.values(registry.exposition())
        #expect(values["process_open_fds"] == nil)
        #expect(values["process_max_fds"] != nil)
    }
    #endif
}
