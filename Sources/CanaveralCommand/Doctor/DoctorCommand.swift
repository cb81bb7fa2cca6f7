import ArgumentParser
import GeminiDoctor
import GeminiProtocol

/// `canaveral doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examine a Gemini server, ours or any other, and say what is wrong with it and how to mend it.",
        discussion: """
            Asks the server of the URL what an honest client would ask, and much that none would: broken requests, \
            slow ones, many at once, odd certificates, paths that lead out of the root. Nothing is uploaded and \
            nothing changed. Each finding names the requirement, what was sent, what came, and the remedy.

            A violation breaks the protocol, a warning what it recommends or what clients expect. Exit code 1 means \
            that there is a violation, or that the server cannot be examined.

            Examine other people's servers with --gently only.
            """
    )

    @Argument(help: ArgumentHelp("The server, or one of its pages, such as gemini://example.org/.", valueName: "url"))
    var url: String?

    @Flag(
        name: .long,
        help: "A connection a second, and no floods, long waits or suspicious paths: for other people's servers."
    )
    var gently = false

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("Run this check only: its name or a row, such as GP-045. Repeat it.", valueName: "check")
    )
    var only: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("Leave this check out: its name or a row. Repeat it.", valueName: "check")
    )
    var skip: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Connect to this address instead of the URL's.", valueName: "host:port"),
        transform: { try ConnectAddress($0) }
    )
    var connect: ConnectAddress?

    @Option(
        name: .long,
        help: ArgumentHelp("How long to wait for a connection, a handshake or an answer.", valueName: "seconds")
    )
    var timeout = 5

    @Flag(name: .long, help: "Print the findings as JSON.")
    var json = false

    @Flag(name: .long, help: "List the checks and their rows instead of running them.")
    var list = false

    func validate() throws {
        if !self.list && self.url == nil {
            throw ValidationError("Name the server to examine, such as gemini://localhost/.")
        }
        if let url = self.url, (try? self.geminiURL(url)) == nil {
            throw ValidationError("'\(url)' is no gemini:// URL.")
        }
        guard (1...600).contains(self.timeout) else {
            throw ValidationError("--timeout takes 1 to 600 seconds.")
        }
        for name in self.only + self.skip where !Check.all.contains(where: { $0.isNamed(name) }) {
            throw ValidationError("There is no check '\(name)': see canaveral doctor --list.")
        }
    }

    func run() async throws {
        if self.list {
            for line in CheckList(self.checks).lines { Terminal.result(line) }
            return
        }
        try await Failure.reporting {
            if try await self.diagnose().hasViolations { throw ExitCode(1) }
        }
    }

    private func diagnose() async throws -> Diagnosis {
        var doctor = Doctor(try self.geminiURL(self.url ?? ""))
        doctor.isGentle = self.gently
        doctor.timing = self.gently ? .gentle : Timing()
        doctor.timing.answer = .seconds(self.timeout)
        doctor.checks = self.checks
        doctor.address = self.connect.map { ($0.host.bare, $0.port ?? GeminiURL.defaultPort) }
        let progress = ProgressLine()
        defer { progress.clear() }
        let diagnosis: Diagnosis
        do throws(DoctorError) {
            diagnosis = try await doctor.examine { progress.show($0.line) }
        } catch {
            progress.clear()
            throw Failure.work("\(error)")
        }
        progress.clear()
        if self.json {
            Terminal.result(JSONReport(diagnosis).text)
        } else {
            for line in TextReport(diagnosis, styled: DoctorPalette.styled).lines { Terminal.result(line) }
        }
        return diagnosis
    }

    private var checks: [Check] {
        Check.all.filter { check in
            (self.only.isEmpty || self.only.contains { check.isNamed($0) }) && !self.skip.contains { check.isNamed($0) }
        }
    }

    /// What a person types: the scheme may be left out.
    private func geminiURL(_ text: String) throws(URIError) -> GeminiURL {
        let url = try GeminiURL(lenient: text.contains("://") ? text : "gemini://\(text)").withoutFragment
        guard url.scheme == "gemini" else { throw .missingScheme }
        return url
    }
}
