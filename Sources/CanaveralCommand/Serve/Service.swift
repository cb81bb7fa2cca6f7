import GeminiFiles
import GeminiGateway
import GeminiProtocol
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
    private let command: ServeCommand
    private let logger: Logger

    init(_ command: ServeCommand) {
        self.command = command
        self.logger = command.logs.logger()
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
        let folder = ServedFolder(self.command.namedFolder ?? ".").path
        let files: Files
        do {
            var options = try self.command.content.options()
            options.logger = self.logger
            files = try Files(in: folder, options: options)
        } catch let error as FileError {
            throw Self.unservable(folder, errno: error.errno)
        }
        let responder = try self.responder(files: files, folder: folder)
        let accessLog = try self.command.logs.accessLogFile(logger: self.logger)
        let hosts = self.command.listen.hosts()
        let certificate = try await ServiceCertificate(self.command.certificate, hosts: hosts)
        let identity = certificate.identity.current
        for warning in identity.warnings {
            self.logger.warning("\(warning)")
        }
        for remark in certificate.remarks {
            self.logger.notice("\(Terminal.harmless(remark))")
        }
        let uncovered = identity.uncovered(hosts.map(\.certificateName))
        if !uncovered.isEmpty {
            self.logger.warning(
                "The certificate is not for \(uncovered.joined(separator: ", ")): clients that check names will refuse it."
            )
        }

        var configuration = ServerConfiguration(
            addresses: self.command.listen.listenAddresses(),
            hosts: [
                VirtualHost(
                    names: hosts,
                    identity: certificate.identity,
                    responder: responder,
                    acceptsUploads: self.takesUploads
                )
            ]
        )
        configuration.passThrough = self.command.proxies.passThroughHosts()
        configuration.limits = self.command.limits.limits()
        configuration.reusesPort = self.command.listen.reusesPort
        configuration.accessLog = accessLog
        configuration.logger = self.logger
        // From here on: a signal during the start is not missed, and one at a question before it ends the program.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let running = try await self.start(configuration)

        await ProgramLog.flush()
        StartNotice(folder: folder, hosts: hosts, certificate: certificate, running: running).print()
        await self.stop(running, at: signals)
        await self.flush(accessLog)
    }

    /// Whether anybody takes uploads: only the servers behind this one do.
    private var takesUploads: Bool {
        !self.command.proxies.proxies.isEmpty
    }

    /// The files, and the programs, daemons and other servers among them where there are some.
    private func responder(files: Files, folder: String) throws -> any Responder {
        let options = self.command.programs
        var mounts = self.command.daemons.responders(beneath: folder, style: options.cgiStyle, logger: self.logger)
        if let names = options.names, let programs = try options.programs(beneath: folder, logger: self.logger) {
            mounts.append((names, programs))
        }
        var responder: any Responder = files
        if self.takesUploads {
            mounts = mounts.map { ($0.names, WithoutUploads(content: $0.responder)) }
            responder = WithoutUploads(content: responder)
        }
        mounts += try self.command.proxies.responders(
            stateDirectory: self.command.certificate.stateDirectory,
            logger: self.logger
        )
        // The longest path is looked at first, and the files are what is left.
        for mount in mounts.sorted(by: { $0.names.count < $1.names.count }) {
            responder =
                mount.names.isEmpty ? mount.responder : Self.mount(mount.responder, at: mount.names, in: responder)
        }
        return responder
    }

    private static func mount(
        _ programs: some Responder,
        at names: [[UInt8]],
        in content: some Responder
    ) -> any Responder {
        FilesAndPrograms(files: content, programs: programs, names: names)
    }

    private static func unservable(_ folder: String, errno: CInt) -> Failure {
        .configuration(
            "\(folder) cannot be served (\(String(cString: strerror(errno)))): name a folder that exists and may be read."
        )
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

    /// Waits for the first signal, then for the responses under way, but no longer than their grace and not past a
    /// second signal.
    private func stop(_ running: RunningServer, at signals: UnixSignalsSequence) async {
        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
        let listening = Task {
            var isStopping = false
            for await _ in signals {
                if isStopping { Self.endAtOnce() }
                isStopping = true
                stop.yield()
            }
        }
        for await _ in stopped { break }
        // Behind the ^C that the terminal shows.
        if Terminal.isInteractive { Terminal.notice("") }
        let count = running.connectionCount
        if count > 0 {
            self.logger.notice(
                "Stopping: \(count) connections may go on for up to \(self.command.limits.grace) s; a second signal ends them."
            )
        }
        await running.shutDown(grace: .seconds(self.command.limits.grace))
        listening.cancel()
    }

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
