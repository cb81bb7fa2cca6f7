import Canaveral
import CanaveralConfiguration
import CanaveralService
import GeminiServer
import GeminiTLS
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

/// The run of a server, from what was typed to the end of the process.
struct Service {
    let command: ServeCommand
    let source: ConfigurationSource
    let logger = ProgramLog.logger()
    /// Who goes on after 44; a reload forgives nobody.
    let offenders: RepeatOffenders
    let process: ServiceProcess

    init(_ command: ServeCommand) throws {
        self.command = command
        self.offenders = RepeatOffenders(logger: ProgramLog.logger(), metrics: ServiceMetrics.registry)
        do {
            self.process = try ServiceProcess.current()
        } catch {
            throw Failure.configuration("\(error)")
        }
        self.source = try self.process.source ?? ConfigurationSource(command)
    }

    /// Serves until a signal says to stop.
    ///
    /// - Throws: ``Failure`` if it cannot start.
    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        do {
            try await self.serve()
        } catch {
            await ProgramLog.flush()
            throw error
        }
    }

    private func serve() async throws {
        let configuration: Configuration
        let server: ServerConfiguration
        var certificate: ServiceCertificate?
        do {
            let (read, warnings) = try self.process.configuration ?? self.source.read()
            configuration = try self.process.seen(read)
            self.follow(configuration.log)
            self.say(warnings)
            if self.source.file == nil {
                certificate = try await self.certificate(directory: configuration.stateDirectory)
            }
            server = try self.make(configuration, certificate: certificate)
        } catch let error as InvalidConfiguration {
            throw Failure.invalid(error)
        } catch let error as OutsideRoot {
            throw Failure.configuration("\(error)")
        }
        var logs = ServiceLogs()
        try logs.use(configuration.log, logger: self.logger)
        for remark in self.process.remarks { self.logger.notice("\(remark)") }
        if let outside = self.process.outside { self.logger.warning("\(outside)") }
        for detail in self.process.details { self.logger.info("\(detail)") }
        if let certificate { self.say(about: certificate) }
        self.say(self.remarks(on: configuration))

        // From here on: a signal during the start is not missed, and one at a question before it ends the program.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup, .sigusr1)
        let running = try await self.start(self.with(logs, server))
        var metrics = self.process.metrics ?? ServiceMetrics(changesRoot: false)
        try await metrics.use(configuration.metrics, logger: self.logger)
        self.process.notifier?.ready(status: "Serving \(configuration.hosts.count) hosts.")
        let watch = Task { await self.process.notifier?.watch { try await ServiceProcess.beat() } }

        await ProgramLog.flush()
        StartNotice(
            file: self.source.file,
            configuration: configuration,
            certificate: certificate,
            hosts: server.hosts,
            running: running
        ).print()
        await self.attend(
            running,
            to: signals,
            logs: &logs,
            metrics: &metrics,
            grace: configuration.limits.grace,
            titles: Set(configuration.hosts.map(\.title))
        )
        watch.cancel()
        await metrics.shutDown()
        await self.flush(logs.accessLog)
    }

    // MARK: Starting

    /// The certificate that flags speak of.
    ///
    /// - Parameter directory: where one is kept that looks after itself, where it is known.
    private func certificate(directory: String?) async throws -> ServiceCertificate {
        if let certificate = self.process.certificate { return certificate }
        let hosts = self.command.listen.hosts()
        return try await ServiceCertificate(self.command.certificate, hosts: hosts, directory: directory)
    }

    /// - Parameter certificate: that of the host which flags speak of.
    private func make(
        _ configuration: Configuration,
        certificate: ServiceCertificate?
    ) throws(InvalidConfiguration) -> ServerConfiguration {
        var server = ConfiguredServer(
            configuration,
            software: "canaveral/\(Canaveral.version)",
            logger: self.logger,
            offenders: self.offenders,
            identities: self.process.identities(for: configuration)
        )
        if let certificate, let host = configuration.hosts.first {
            server.identities[host.title] = certificate.identity
        }
        server.file = self.process.place(of: self.source.file)
        server.inheritedSockets = { [sockets = self.process.sockets] name in try sockets.descriptors(named: name) }
        do {
            var made = try server.make()
            if let bound = self.process.bound {
                for index in made.listeners.indices {
                    made.listeners[index].address = bound[made.listeners[index].address]
                }
            }
            made.metrics = ServiceMetrics.registry
            return made
        } catch {
            throw InvalidConfiguration(file: self.source.file, problems: error.problems)
        }
    }

    private func with(_ logs: ServiceLogs, _ server: ServerConfiguration) -> ServerConfiguration {
        var server = server
        server.accessLog = logs.accessLog
        self.offenders.addressDisplay = server.addressDisplay
        return server
    }

    private func start(_ configuration: ServerConfiguration) async throws -> RunningServer {
        do {
            return try await Server(configuration).start()
        } catch ListenError.unknownHost(let address) {
            throw Failure.configuration("\(ListenError.unknownHost(address))")
        } catch let error as ListenError {
            throw Failure.work("\(error)")
        } catch {
            throw Failure.configuration("The server cannot start: \(error)")
        }
    }

    // MARK: Running

    /// Does what signals say until one says to stop, and then waits for the responses under way, but no longer than their
    /// grace and not past a second signal, which leaves the time to write what has been logged.
    private func attend(
        _ running: RunningServer,
        to signals: UnixSignalsSequence,
        logs: inout ServiceLogs,
        metrics: inout ServiceMetrics,
        grace: Duration,
        titles: Set<String>
    ) async {
        var (grace, titles) = (grace, titles)
        let (orders, give) = AsyncStream.makeStream(of: UnixSignal.self)
        let accessLog = NIOLockedValueBox(logs.accessLog)
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
                await self.reload(running, logs: &logs, metrics: &metrics, grace: &grace, titles: &titles)
                accessLog.withLockedValue { $0 = logs.accessLog }
            case .sigusr1: await logs.accessLog?.reopen()
            default: break loop
            }
        }
        // Behind the ^C that the terminal shows.
        if Terminal.isInteractive { Terminal.notice("") }
        let count = running.connectionCount
        if count > 0 {
            self.logger.notice(
                "Stopping: \(count) connections may go on for up to \(grace / .seconds(1)) s; a second signal ends them."
            )
        }
        self.process.notifier?.stopping(status: "Waiting for \(count) connections.")
        await running.shutDown(grace: grace)
        listening.cancel()
    }

    /// Reads the configuration again and goes over to it, or says why not and goes on as before.
    private func reload(
        _ running: RunningServer,
        logs: inout ServiceLogs,
        metrics: inout ServiceMetrics,
        grace: inout Duration,
        titles: inout Set<String>
    ) async {
        self.process.notifier?.reloading(status: "Reading the configuration again.")
        defer { self.process.notifier?.ready(status: "Serving.") }
        guard let file = self.source.file else {
            await running.reloadCertificates()
            self.logger.notice("The certificates were read again.")
            return
        }
        do {
            let (read, warnings) = try self.source.read(inside: self.process.root)
            let configuration = try self.process.seen(read)
            try self.checkSandbox(configuration)
            let server = try self.make(configuration, certificate: nil)
            var newLogs = logs
            try newLogs.use(configuration.log, logger: self.logger)
            try await running.reload(self.with(newLogs, server))
            let oldLog = logs.accessLog
            logs = newLogs
            if let oldLog, oldLog !== newLogs.accessLog { await oldLog.flush() }
            self.follow(configuration.log)
            grace = configuration.limits.grace
            self.say(warnings + self.remarks(on: configuration))
            if let remark = self.restartRemark(on: read) { self.logger.warning("\(remark)") }
            let hosts = Set(read.hosts.map(\.title))
            self.logger.notice("\(file) was read again.\(Self.difference(from: titles, to: hosts))")
            titles = hosts
            await self.show(&metrics, at: configuration.metrics)
        } catch let error as InvalidConfiguration {
            running.metrics.reloaded(taken: false)
            for problem in error.problems {
                self.logger.error("\(problem.description(in: error.file ?? file))")
            }
            self.logger.error("\(file) was not taken: the server goes on as before.")
        } catch {
            // The server counts what it has seen itself.
            if error is Failure || error is OutsideRoot { running.metrics.reloaded(taken: false) }
            self.logger.error("\(file) was not taken, and the server goes on as before: \(Self.sentence(error))")
        }
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

    // MARK: Ending

    /// Gives the logs a second to be written: who reads them may have gone.
    private func flush(_ accessLog: AccessLogFile?) async {
        let patience = Task {
            guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            Self.endAtOnce()
        }
        await accessLog?.flush()
        await ProgramLog.flush()
        patience.cancel()
    }

    /// Ends the process without waiting for anything.
    private static func endAtOnce() {
        _exit(0)
    }
}
