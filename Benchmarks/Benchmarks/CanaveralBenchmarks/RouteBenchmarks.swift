import Benchmark
import Canaveral

/// Finding the route of a request among so many. A router that is asked at once finds the route, and no more where that
/// has a handler.
func registerRouteBenchmarks() {
    for count in [10, 100, 1_000, 10_000] {
        guard let router = try? Router({ addRoutes(count, to: $0) }) else {
            preconditionFailure("These routes clash.")
        }
        // In the middle of each kind.
        let number = count / 6
        register("text", count, "/sections/s\(number)/about", router)
        register("a parameter", count, "/users/u\(number)/4711", router)
        register("**", count, "/archive/a\(number)/1999/09/09/launch.gmi", router)
        register("no route", count, "/sections/s\(number)/elsewhere/and/on", router)
    }
}

/// A third of each kind: text only, with a typed parameter, and with whatever follows.
private func addRoutes(_ count: Int, to routes: Routes<BasicContext>) {
    // So that the router has something that could be had at once, and looks.
    routes.mount("/mounted", .closure { _ in .notFound })
    for number in 0..<count {
        let section = number / 3
        switch number % 3 {
        case 0: routes.page(literal("/sections/s\(section)/about")) { _ in .gemtext("# About") }
        case 1: routes.page(Path<Int>("/users/u\(section)/{number}")) { _, number in .gemtext("# \(number)") }
        default: routes.page(literal("/archive/a\(section)/**")) { _ in .gemtext("# Archive") }
        }
    }
}

private func literal(_ path: String) -> Path< > {
    Path(path)
}

private func register(_ kind: String, _ count: Int, _ path: String, _ router: Router<BasicContext>) {
    let bytes = Array("gemini://localhost\(path)".utf8)
    guard let line = try? RequestLine(parsing: bytes.span) else { preconditionFailure("\(path) is no path.") }
    let request = Request(line: line)
    Benchmark("Route lookup: \(kind), among \(count) routes") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(router.respondAtOnce(to: request))
        }
    }
}
