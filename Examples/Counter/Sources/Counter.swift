import Canaveral

@main
struct Counter {
    static func main() async throws {
        try await makeCounter().run()
    }
}

/// Three ways to count: page by page as it goes, all at once on a thread that may be kept busy, and not at all.
///
/// - Parameter countPrimes: how many primes there are up to a number, which takes its time.
func makeCounter(countPrimes: @escaping @Sendable (Int) -> Int = primes(upTo:)) throws -> Capsule {
    try Capsule { routes in
        let streamed = routes.page("/streamed") { context in
            .stream(from: Countdown(from: 10, every: .seconds(1), in: context.environment))
        }
        let primes = routes.page("/primes/{limit}") { (context, limit: Int) in
            guard (0...50_000_000).contains(limit) else { return .notFound }
            let count = try await context.blocking { countPrimes(limit) }
            return .gemtext("There are \(count) primes up to \(limit).")
        }
        routes.page("/") { context in
            .gemtext {
                Heading("Counting")
                Link(to: streamed(), "A second a line, as they come")
                Link(to: primes(50_000_000), "Hard work, while others are served")
                Link(to: "/", "This page, which is always there at once")
            }
        }
    }
}

/// The lines of a countdown, each when its time has come.
struct Countdown: AsyncSequence, Sendable {
    let start: Int
    let interval: Duration
    let environment: AppEnvironment

    init(from start: Int, every interval: Duration, in environment: AppEnvironment) {
        self.start = start
        self.interval = interval
        self.environment = environment
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(countdown: self, next: self.start)
    }

    struct Iterator: AsyncIteratorProtocol {
        let countdown: Countdown
        var next: Int

        mutating func next() async throws -> Gemtext? {
            guard self.next >= 0 else { return nil }
            defer { self.next -= 1 }
            if self.next < self.countdown.start { try await self.countdown.environment.sleep(self.countdown.interval) }
            return self.next == 0 ? "Lift-off!" : "\(self.next)"
        }
    }
}

/// The sieve of Eratosthenes.
@Sendable
func primes(upTo limit: Int) -> Int {
    guard limit >= 2 else { return 0 }
    var isComposite = [Bool](repeating: false, count: limit + 1)
    var count = 0
    for number in 2...limit where !isComposite[number] {
        count += 1
        for multiple in stride(from: number * number, through: limit, by: number) { isComposite[multiple] = true }
    }
    return count
}
