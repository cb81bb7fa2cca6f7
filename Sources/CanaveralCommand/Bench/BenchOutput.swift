import GeminiBench
import GeminiProtocol
import JSON

/// The figures of a run, for a reader and for a program.
struct BenchOutput {
    private let report: BenchmarkReport
    private let options: BenchOptions

    init(_ report: BenchmarkReport, options: BenchOptions) {
        self.report = report
        self.options = options
    }

    private static let percentiles = [("p50", 50.0), ("p90", 90), ("p99", 99), ("p99.9", 99.9)]

    private var latencies: [(name: String, key: String, latency: Latency)] {
        [
            ("Connect", "connect", self.report.connect), ("Handshake", "handshake", self.report.handshake),
            ("First byte", "first_byte", self.report.firstByte), ("Total", "total", self.report.total),
        ]
    }

    /// What the line on the terminal says meanwhile.
    static func line(for progress: Benchmark.Progress) -> String {
        let seconds = progress.elapsed / .seconds(1)
        guard seconds >= 0 else { return "Warming up, \(Figures.decimal(-seconds, 1)) s to go" }
        let rate = seconds > 0 ? Double(progress.completed) / seconds : 0
        return "\(Figures.decimal(seconds, 1)) s: \(Figures.grouped(progress.completed)) requests, "
            + "\(Figures.decimal(rate, 1))/s, \(Figures.grouped(progress.failed)) failed"
    }

    /// The figures as a table.
    var text: String {
        var lines = [
            Self.row(
                "Loaded",
                "\(self.options.url) at \(self.report.address)"
                    + (self.options.rate.map { ", \(Figures.decimal($0, 1)) requests/s due" } ?? "")
            ),
            Self.row(
                "Requests",
                "\(Figures.grouped(self.report.completed)) completed, \(Figures.grouped(self.report.failed)) failed"
                    + (self.report.unfinished > 0 ? ", \(Figures.grouped(self.report.unfinished)) unfinished" : "")
                    + ", in \(Figures.decimal(self.report.elapsed / .seconds(1), 2)) s"
            ),
            Self.row(
                "Rate",
                "\(Figures.decimal(self.report.requestsPerSecond, 1)) requests/s, "
                    + "\(Figures.decimal(self.report.bytesPerSecond / 1_000_000, 3)) MB/s"
            ),
            Self.row("Statuses", self.statuses.map { "\($0): \(Figures.grouped($1))" }.joined(separator: ", ")),
            Self.row("Resumed", "\(Figures.grouped(self.report.resumed)) TLS sessions"),
        ]
        for (kind, count) in self.failures {
            let example = self.report.examples[kind].map { " (\(Terminal.harmless($0)))" } ?? ""
            lines.append(Self.row("Failed", "\(Figures.grouped(count)) \(kind.rawValue)\(example)"))
        }
        let names = Self.percentiles.map(\.0) + ["max"]
        lines += ["", Self.row("", names.map { Self.right($0) }.joined() + "  ms")]
        for (name, _, latency) in self.latencies {
            let times = Self.percentiles.map { latency.percentile($0.1) } + [latency.maximum]
            let cells = times.map { Self.right(Figures.decimal($0 / .milliseconds(1), 3)) }
            lines.append(Self.row(name, cells.joined()))
        }
        lines += [
            "",
            Self.row(
                "This program",
                "\(Figures.decimal(self.report.processorTimePerRequest / .microseconds(1), 1)) µs of processor time a "
                    + "request, \(Figures.decimal(self.report.saturation * 100, 0)) % of \(self.report.threads) threads"
            ),
        ]
        if self.report.saturation > 0.9 {
            lines.append(Self.row("", "It had no time to spare: the figures are its own as much as the server's."))
        }
        return lines.joined(separator: "\n")
    }

    /// The figures with latencies in milliseconds.
    var json: JSONValue {
        .object([
            ("url", .string(self.options.url)),
            ("address", .string(self.report.address)),
            ("completed", .integer(self.report.completed)),
            ("failed", .integer(self.report.failed)),
            ("unfinished", .integer(self.report.unfinished)),
            ("seconds", .number(self.report.elapsed / .seconds(1))),
            ("requests_per_second", .number(self.report.requestsPerSecond)),
            ("due_per_second", self.options.rate.map { .number($0) } ?? .null),
            ("bytes", .integer(Int(self.report.bytes))),
            ("bytes_per_second", .number(self.report.bytesPerSecond)),
            ("resumed", .integer(self.report.resumed)),
            ("statuses", .object(self.statuses.map { (String($0), .integer($1)) })),
            ("failures", .object(self.failures.map { ($0.rawValue, .integer($1)) })),
            ("examples", .object(self.failures.map { ($0.0.rawValue, .string(self.report.examples[$0.0] ?? "")) })),
            (
                "latency_ms",
                .object(
                    self.latencies.map { _, key, latency in
                        let percentiles = Self.percentiles.map { name, percent in
                            (name, JSONValue.number(latency.percentile(percent) / .milliseconds(1)))
                        }
                        return (
                            key,
                            .object(
                                percentiles + [
                                    ("max", .number(latency.maximum / .milliseconds(1))),
                                    ("mean", .number(latency.mean / .milliseconds(1))),
                                ]
                            )
                        )
                    }
                )
            ),
            ("own_cpu_us_per_request", .number(self.report.processorTimePerRequest / .microseconds(1))),
            ("own_saturation", .number(self.report.saturation)),
            ("threads", .integer(self.report.threads)),
        ])
    }

    private var statuses: [(Int, Int)] {
        self.report.statuses.map { ($0.key.code, $0.value) }.sorted { $0.0 < $1.0 }
    }

    private var failures: [(BenchmarkReport.FailureKind, Int)] {
        BenchmarkReport.FailureKind.allCases.compactMap { kind in
            self.report.failures[kind].map { (kind, $0) }
        }
    }

    private static func row(_ name: String, _ value: String) -> String {
        name + String(repeating: " ", count: max(1, 14 - name.count)) + value
    }

    private static func right(_ text: String) -> String {
        String(repeating: " ", count: max(1, 11 - text.count)) + text
    }
}
