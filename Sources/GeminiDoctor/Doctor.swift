import GeminiProbe
package import GeminiProtocol
import GeminiTLS

/// Examines a Gemini server from outside.
///
/// ```swift
/// let diagnosis = try await Doctor(GeminiURL("gemini://localhost/")).examine()
/// for finding in diagnosis.findings { print(finding.level, finding.title) }
/// ```
package struct Doctor: Sendable {
    /// How far an examination is.
    package struct Progress: Sendable, Hashable {
        package var finished: Int
        package var total: Int
        /// The checks that run now.
        package var running: [String]
    }

    /// The page to examine; its host is the server.
    package var url: GeminiURL
    /// Where to connect to, if not where the URL says.
    package var address: (host: String, port: UInt16)?
    package var timing = Timing()
    /// Whether the server is somebody else's: one connection at a time, and only checks that ask for little.
    package var isGentle = false
    /// What to run, in the order of reports.
    package var checks = Check.all

    /// How many prompt checks run at a time.
    private static let promptChecks = 4

    package init(_ url: GeminiURL) {
        self.url = url
    }

    /// Runs the checks.
    ///
    /// Ends within `timing.whole` and what a single check may take, whatever the server does; sooner when its task is
    /// cancelled.
    ///
    /// - Parameter progress: told whenever a check begins or ends, on any thread.
    package func examine(
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws(DoctorError)
        -> Diagnosis
    {
        guard self.url.scheme == "gemini" else { throw .scheme(self.url.scheme) }
        let checks = self.checks.filter { $0.isGentle || !self.isGentle }
        guard !checks.isEmpty else { throw .nothingToDo }
        let start = ContinuousClock.now
        let (examination, home) = try await self.begin()
        let round = Round(examination: examination, home: home, total: checks.count, progress: progress)
        await withTaskCancellationHandler {
            for pace in Check.Pace.allCases {
                let width =
                    switch pace {
                    case _ where self.isGentle: 1
                    case .prompt: Self.promptChecks
                    case .waiting: checks.count
                    case .alone, .last: 1
                    }
                await round.run(checks.filter { $0.pace == pace }, atATime: width)
            }
        } onCancel: {
            examination.cancel()
        }
        return Diagnosis(
            url: self.url,
            address: "\(examination.address)",
            results: round.results(in: checks),
            duration: .now - start
        )
    }

    /// Finds an address that answers, and reads the home page.
    private func begin() async throws(DoctorError) -> (Examination, Examination.Home) {
        let result: Result<(Examination, Examination.Home), DoctorError> = await onThread {
            do throws(DoctorError) {
                return .success(try self.reach())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func reach() throws(DoctorError) -> (Examination, Examination.Home) {
        let port = self.url.effectivePort ?? GeminiURL.defaultPort
        let host: String =
            switch self.url.host.kind {
            case .name(let name): name
            case .ipv4(let address): "\(address)"
            case .ipv6(let address): "\(address)"
            }
        let place = self.address ?? (host, port)
        let addresses: [NetworkAddress]
        do throws(ProbeError) {
            addresses = try NetworkAddress.resolve(place.host, port: place.port)
        } catch {
            throw .unresolvable("\(error)")
        }
        var failure = ""
        for address in addresses {
            do throws(ProbeError) {
                let examination = try Examination(
                    url: self.url,
                    addresses: [address] + addresses.filter { $0 != address },
                    isAddressResolved: self.address == nil,
                    timing: self.timing
                )
                let home = try examination.readHome()
                guard home.exchange.isAnswered else {
                    throw .tls(reason: "a request is answered with \(home.exchange.outcome)")
                }
                return (examination, home)
            } catch {
                failure += (failure.isEmpty ? "" : "; ") + "\(address): \(Self.text(error))"
            }
        }
        throw .unreachable(failure)
    }

    private static func text(_ error: ProbeError) -> String {
        if case .tls(let reason) = error, reason.hasPrefix("a request") { reason } else { "\(error)" }
    }
}
