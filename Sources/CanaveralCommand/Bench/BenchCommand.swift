import ArgumentParser
import GeminiBench
import GeminiServer
import JSON

/// `canaveral bench`
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Load a server, and measure how it bears that.",
        discussion: """
            Each request is what a client does: connect, TLS handshake, one line, the response to its end. Without --rate, \
            each of the connections makes its next request when its last is over. With --rate, so many requests a second \
            are due whatever becomes of them, and the time of each counts from when it was due, also when no connection \
            was free then.

            The handshake is the same for every server: X25519 or P-256, without a post-quantum share, and AES-128-GCM \
            before other suites. The certificate is not judged.

            Only this machine is loaded, unless --with-permission says that the owner of the host knows. Control-C ends \
            the run and prints what was measured. Ends with 1 if a request failed.
            """
    )

    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await Failure.reporting {
            let benchmark = Benchmark(try self.options.plan())
            let line = ProgressLine()
            DescriptorLimit.raise()
            let report: BenchmarkReport
            do {
                report = try await Interruption.cancelling {
                    try await benchmark.run { line.show(BenchOutput.line(for: $0)) }
                }
            } catch let error as BenchmarkError {
                line.clear()
                throw Failure.work("\(error)")
            } catch is CancellationError {
                throw Failure.work("The run was ended before it began.")
            }
            line.clear()
            let output = BenchOutput(report, options: self.options)
            Terminal.result(self.options.json ? output.json.description : output.text)
            if report.failed > 0 { throw ExitCode(1) }
        }
    }
}
