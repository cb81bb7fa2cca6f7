import Benchmark
import GeminiProtocol

func registerURLBenchmarks() {
    let plain = Array("gemini://example.org/gemlog/2026-08-14-night-launch.gmi".utf8)
    Benchmark.repeated("URL: parse, an ordinary page") {
        try GeminiURL(parsing: plain.span)
    }

    let everything = Array("gemini://xn--bcher-kva.example:1966/a/./b/../c%20d/%E6%97%A5%E6%9C%AC?q=one%20two".utf8)
    Benchmark.repeated("URL: parse, escapes, dots, port and query") {
        try GeminiURL(parsing: everything.span)
    }

    let longest = Array(("gemini://example.org/" + String(repeating: "a", count: 1003)).utf8)
    Benchmark.repeated("URL: parse, 1,024 bytes") {
        try GeminiURL(parsing: longest.span)
    }

    Benchmark("URL: resolve a relative reference") { benchmark in
        let base = try URIReference("gemini://example.org/gemlog/night-launch.gmi")
        let reference = try URIReference("../pictures/night-launch.png")
        for _ in benchmark.scaledIterations {
            blackHole(reference.resolved(against: base))
        }
    }

    Benchmark.repeated("Percent-encoding: encode a segment") {
        PercentEncoding.encode(segment: "Überreste & Reste, 50% #1.txt")
    }

    Benchmark.repeated("Percent-encoding: decode a query") {
        try PercentEncoding.decode("%C3%9Cberreste%20%26%20Reste%2C%2050%25%20%231")
    }

    Benchmark.repeated("Punycode: encode a label") {
        try Punycode.encode("bücher")
    }
}
