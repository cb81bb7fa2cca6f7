import CanaveralConfiguration
import CanaveralService
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import UnixSignals

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// From the first request to the last.
extension Service {
    /// Does what signals say until one says to stop, and then waits for the responses under way, but no longer than their
    /// grace and not past a second signal, which leaves the time to write what has been logged.
    func attend(_ running: RunningServer, to signals: UnixSignalsSequence, _ state: inout ServiceState) async {
        let (orders, give) = AsyncStream.makeStream(of: UnixSignal.self)
        let accessLog = NIOLockedValueBox(state.logs.accessLog)
        let listening = Task {
            var isStopping = false
            for await signal in signals {
                if signal == .sigint || signal == .sigterm {
                    if isStopping {
                        await self.flush(accessLog.withLockedValue { $0 })
                        Self.endAtOnce()
                    }
                    isStopping = true
                }
                give.yield(signal)
            }
        }
        loop: for await signal in orders {
            switch signal {
            case .sighup:
                await self.reload(running, &state)
                accessLog.withLockedValue { [log = state.logs.accessLog] in $0 = log }
            case .sigusr1: await state.logs.accessLog?.reopen()
            default: break loop
            }
        }
        // Behind the ^C that the terminal shows.
        if Terminal.isInteractive { Terminal.notice("") }
        let count = running.connectionCount
        if count > 0 {
            self.logger.notice(
                "Stopping: \(count) connections may go on for up to \(state.grace / .seconds(1)) s; a second signal ends them."
            )
        }
        self.process.notifier?.stopping(status: "Waiting for \(count) connections.")
        await running.shutDown(grace: state.grace)
        listening.cancel()
    }

    /// Reads the configuration again and goes over to it, or says why not and goes on as before.
    private func reload(_ running: RunningServer, _ state: inout ServiceState) async {
        self.process.notifier?.reloading(status: "Reading the configuration again.")
        var status = "Serving, but the last configuration was refused: see the log."
        defer { self.process.notifier?.ready(status: status) }
        guard let file = self.source.file else {
            await running.reloadCertificates()
            self.logger.notice("The certificates were read again.")
            status = Self.status(servingHosts: state.hosts.count)
            return
        }
        do {
            try self.checkReplaced(file)
            let (read, warnings) = try self.read()
            let configuration = try self.process.seen(read)
            try self.checkSandbox(configuration)
            let server = try self.make(configuration, certificate: nil)
            var newLogs = state.logs
            try self.use(configuration.log, in: &newLogs)
            try await running.reload(self.with(newLogs, server))
            let oldLog = state.logs.accessLog
            state.logs = newLogs
            if let oldLog, oldLog !== newLogs.accessLog { await oldLog.flush() }
            self.follow(configuration.log)
            state.grace = configuration.limits.grace
            self.say(warnings + self.remarks(on: configuration))
            if let remark = self.restartRemark(on: read) { self.logger.warning("\(remark)") }
            let hosts = Set(read.hosts.map(\.title))
            self.logger.notice("\(file) was read again.\(Self.difference(from: state.hosts, to: hosts))")
            state.hosts = hosts
            status = Self.status(servingHosts: hosts.count)
            await self.show(&state.metrics, at: configuration.metrics)
        } catch let error as InvalidConfiguration {
            running.metrics.reloaded(taken: false)
            for problem in error.problems {
                self.logger.error("\(problem.description(in: error.file ?? file))")
            }
            self.logger.error("\(file) was not taken: the server goes on as before.")
        } catch {
            // The server counts what it has seen itself.
            if error is Failure { running.metrics.reloaded(taken: false) }
            self.logger.error("\(file) was not taken, and the server goes on as before: \(Self.sentence(error))")
        }
    }

    /// What systemd shows of a server that is as it should be.
    static func status(servingHosts count: Int) -> String {
        "Serving \(count) host\(count == 1 ? "" : "s")."
    }

    /// Reports that another file has taken the place of the configuration, for which the sandbox is closed.
    private func checkReplaced(_ file: String) throws(Failure) {
        guard self.process.sandbox != nil, let place = self.process.place(of: file),
            // What owners and modes allow, and what happens all the same.
            access(place, R_OK) == 0, let folder = SandboxRules.broadFolder(around: place)
        else { return }
        let descriptor = open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor < 0, errno == EACCES else {
            if descriptor >= 0 { close(descriptor) }
            return
        }
        throw .configuration(
            "It is another file than at the start, for which the sandbox is closed, because it would have to be open for all of \(folder): restart the server, and keep the file in a folder of its own, as in /etc/canaveral."
        )
    }

    /// Reports what a configuration needs and the sandbox, which was closed for another, keeps from it.
    private func checkSandbox(_ configuration: Configuration) throws(InvalidConfiguration) {
        guard let sandbox = self.process.sandbox else { return }
        let rules = configuration.sandboxRules(file: self.process.place(of: self.source.file), stateDirectory: nil)
        let problems = rules.uncovered(by: sandbox).map { ConfigurationProblem($0) }
        if !problems.isEmpty { throw InvalidConfiguration(file: self.source.file, problems: problems) }
    }

    /// Shows the metrics at another address if it is another; where they cannot be, the capsule goes on without.
    private func show(_ metrics: inout ServiceMetrics, at address: ListenAddress?) async {
        do {
            try await metrics.use(address, logger: self.logger)
        } catch {
            self.logger.error("\(Self.sentence(error))")
        }
    }

    private static func sentence(_ error: any Error) -> String {
        switch error as? Failure {
        case .configuration(let sentence)?, .work(let sentence)?: sentence
        default: "\(error)"
        }
    }
}
