import GeminiProtocol

@testable import GeminiDoctor

extension Timing {
    /// For servers that are as quick as the tests' own.
    static var quick: Timing {
        var timing = Timing()
        timing.answer = .seconds(3)
        timing.quiet = .milliseconds(400)
        timing.shortestDeadline = .milliseconds(1_000)
        timing.longestDeadline = .milliseconds(5_000)
        timing.drip = .milliseconds(100)
        timing.slowRead = .milliseconds(400)
        timing.promptClose = .milliseconds(300)
        timing.longestClose = .milliseconds(1_500)
        timing.fragment = .milliseconds(50)
        timing.whole = .seconds(60)
        return timing
    }
}

/// What the checks of this name find in a server with this fault.
func findings(
    of name: String,
    in fault: Fault,
    path: String = "/",
    _ change: (inout Doctor) -> Void = { _ in }
) async throws -> [Finding] {
    try await FaultyServer.run(fault) { server in
        var doctor = Doctor(try GeminiURL("gemini://localhost:\(server.port)\(path)"))
        doctor.address = ("127.0.0.1", server.port)
        doctor.timing = .quick
        doctor.checks = Check.all.filter { $0.isNamed(name) }
        change(&doctor)
        return try await doctor.examine().findings
    }
}
