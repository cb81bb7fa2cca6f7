import Benchmark
import Canaveral

/// Redirecting by a regular expression, and passing on what it does not match.
func registerRedirectBenchmarks() {
    register("a match with groups", "/~ada/log/2024/launch.gmi", "/~(\\w+)/(.*)")
    register("no match at the start", "/other/page.gmi", "/~(\\w+)/(.*)")
    register("no match at the end", "/log/2024/some/where/launch.gmi", ".*\\.cgi")
    // What a backtracking engine would not come to the end of.
    register("nested repetitions", "/" + String(repeating: "a", count: 900), "/(a+)+b")
}

private func register(_ kind: String, _ path: String, _ pattern: String) {
    let router = try? Router<BasicContext> { routes in
        routes.use(try .redirects(matching: pattern, to: "/users"))
        routes.mount("/", .closure { _ in .notFound })
    }
    let bytes = Array("gemini://localhost\(path)".utf8)
    guard let router, let line = try? RequestLine(parsing: bytes.span) else {
        preconditionFailure("\(path) is no path.")
    }
    let request = Request(line: line)
    Benchmark("Redirect by expression: \(kind)") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(try await router.respond(to: request))
        }
    }
}
