import ArgumentParser
import GeminiBench
import GeminiProtocol

/// What is asked for, how often, and for how long.
struct BenchOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("What to request, as in gemini://localhost/.", valueName: "url"))
    var url: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The most connections open at once. (default: 32, with --rate 128)", valueName: "number")
    )
    var concurrency: Int?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Hold so many requests a second, instead of as many as go.", valueName: "number")
    )
    var rate: Double?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("How long to measure. (default: 10, or what --requests take)", valueName: "seconds")
    )
    var duration: Double?

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("How many requests to measure.", valueName: "number")
    )
    var requests: Int?

    @Option(
        help: ArgumentHelp("How long to make requests first that are not counted.", valueName: "seconds")
    )
    var warmup = 1.0

    @Option(
        help: ArgumentHelp(
            "How long a request may take, and before that with --rate may wait for a free connection.",
            valueName: "seconds"
        )
    )
    var timeout = 10.0

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Threads that make requests. (default: one for each core)", valueName: "number")
    )
    var threads: Int?

    @Flag(help: "Resume TLS sessions where the server gives tickets.")
    var resume = false

    @Option(
        name: .customLong("tls"),
        help: ArgumentHelp("The newest version of TLS to speak.", valueName: "version")
    )
    var version = Version.tls13

    enum Version: String, CaseIterable, ExpressibleByArgument {
        case tls12 = "1.2"
        case tls13 = "1.3"
    }

    @Option(
        name: .customLong("expect"),
        help: ArgumentHelp("The status of the right answer; any other is a failure.", valueName: "status")
    )
    var status = 20

    @Flag(help: "Count a response that ends without close_notify as complete.")
    var acceptTruncation = false

    @Option(
        name: .customLong("connect"),
        help: ArgumentHelp(
            "Connect there instead of to the URL's host, as in 127.0.0.1:1965.",
            valueName: "address:port"
        ),
        transform: { try ConnectAddress($0) }
    )
    var endpoint: ConnectAddress?

    @Flag(help: "Load a host that is not this machine: its owner has allowed it.")
    var withPermission = false

    @Flag(help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        _ = try self.plan()
    }

    /// The plan, as far as its values make sense each by itself.
    func plan() throws -> BenchmarkPlan {
        var plan = BenchmarkPlan(url: try self.parsedURL())
        for (name, value, most) in [
            ("--concurrency", self.concurrency, 100_000), ("--requests", self.requests, 1_000_000_000),
            ("--threads", self.threads, 1024),
        ] where value.map({ !(1...most).contains($0) }) ?? false {
            throw ValidationError("\(name) takes a number from 1 to \(most).")
        }
        for (name, value) in [
            ("--rate", self.rate), ("--duration", self.duration), ("--timeout", self.timeout),
        ] where value.map({ !($0 > 0 && $0 <= 1_000_000) }) ?? false {
            throw ValidationError("\(name) takes a number above 0.")
        }
        guard self.warmup >= 0, self.warmup <= 1_000_000 else {
            throw ValidationError("--warmup takes a number of seconds, 0 or more.")
        }
        guard let status = Status(code: self.status) else {
            throw ValidationError("\(self.status) in --expect is no status: choose one from 10 to 69.")
        }
        if let rate { plan.load = .open(requestsPerSecond: rate) }
        plan.connections = self.concurrency ?? (self.rate == nil ? 32 : 128)
        plan.requests = self.requests
        plan.duration = self.duration.map { .seconds($0) } ?? (self.requests == nil ? .seconds(10) : nil)
        plan.warmup = .seconds(self.warmup)
        plan.timeout = .seconds(self.timeout)
        if let threads { plan.threads = threads }
        plan.resumesSessions = self.resume
        plan.maximumTLSVersion = self.version == .tls12 ? .tls12 : .tls13
        plan.expectedStatus = status
        plan.acceptsTruncation = self.acceptTruncation
        plan.hasPermission = self.withPermission
        plan.endpoint = self.endpoint.map { place in
            BenchmarkPlan.Endpoint(host: place.host.bare, port: Int(place.port ?? GeminiURL.defaultPort))
        }
        return plan
    }

    private func parsedURL() throws -> GeminiURL {
        let text = self.url.contains("://") ? self.url : "gemini://" + self.url
        do {
            return try GeminiURL(lenient: text)
        } catch {
            throw ValidationError("'\(self.url)' is no URL: \(error)")
        }
    }
}
