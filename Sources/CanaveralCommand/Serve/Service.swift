import Canaveral
import CanaveralConfiguration
import CanaveralService
import GeminiServer
import GeminiTLS
import Logging
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
            let (read, warnings) = try self.process.configuration ?? self.read()
            configuration = try self.process.seen(read)
            self.follow(configuration.log)
            self.say(warnings)
            if self.source.file == nil, !configuration.isInClear {
                certificate = try await self.certificate(directory: configuration.stateDirectory)
            }
            server = try self.make(configuration, certificate: certificate)
        } catch let error as InvalidConfiguration {
            throw Failure.invalid(error)
        }
        var logs = ServiceLogs()
        do {
            try self.use(configuration.log, in: &logs)
        } catch let error as InvalidConfiguration {
            throw Failure.invalid(error)
        }
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
        self.process.notifier?.ready(status: Self.status(servingHosts: configuration.hosts.count))
        let watch = Task { await self.process.notifier?.watch { try await ServiceProcess.beat() } }

        await ProgramLog.flush()
        StartNotice(
            file: self.source.file,
            configuration: configuration,
            certificate: certificate,
            hosts: server.hosts,
            running: running
        ).print()
        var state = ServiceState(
            logs: logs,
            metrics: metrics,
            grace: configuration.limits.grace,
            hosts: Set(configuration.hosts.map(\.title))
        )
        await self.attend(running, to: signals, &state)
        watch.cancel()
        await state.metrics.shutDown()
        await self.flush(state.logs.accessLog)
    }

    // MARK: Starting

    /// Reads the configuration.
    ///
    /// - Throws: ``InvalidConfiguration`` with all that is wrong with it, what only a start would find included.
    func read() throws(InvalidConfiguration) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        do {
            return try self.source.read(inside: self.process.root)
        } catch {
            guard let survey = self.source.survey(inside: self.process.root),
                let configuration = try? self.process.seen(survey)
            else { throw error }
            let file = self.process.place(of: self.source.file)
            let known = Set(self.process.identities(for: configuration).keys)
            let obstacles = ConfigurationCheck(configuration, file: file, now: .now).obstacles(besides: known)
            throw InvalidConfiguration(
                file: error.file,
                problems: error.problems + obstacles.filter { !error.problems.contains($0) }
            )
        }
    }

    /// The certificate that flags speak of.
    ///
    /// - Parameter directory: where one is kept that looks after itself, where it is known.
    private func certificate(directory: String?) async throws -> ServiceCertificate {
        if let certificate = self.process.certificate { return certificate }
        let hosts = self.command.listen.hosts()
        return try await ServiceCertificate(self.command.certificate, hosts: hosts, directory: directory)
    }

    /// - Parameter certificate: that of the host which flags speak of.
    func make(
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

    func with(_ logs: ServiceLogs, _ server: ServerConfiguration) -> ServerConfiguration {
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

    // MARK: Ending

    /// Gives the logs a second to be written: who reads them may have gone.
    func flush(_ accessLog: AccessLogFile?) async {
        let patience = Task {
            // In pieces, of which a machine that stands still meanwhile takes one, and not the logs' whole time.
            for _ in 0..<20 {
                guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { return }
            }
            Self.endAtOnce()
        }
        await accessLog?.flush()
        await ProgramLog.flush()
        patience.cancel()
    }

    /// Ends the process without waiting for anything.
    static func endAtOnce() {
        _exit(0)
    }
}
