import GeminiFiles
import GeminiProtocol
public import GeminiServer
import Logging
import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Answers with what programs print: the programs of a folder, one process for each request (CG-01…CG-07).
///
/// ```swift
/// routes.mount("/cgi-bin", try .cgi(in: "/srv/gemini/cgi-bin"))
/// ```
///
/// The shortest part of the path that is an executable regular file is the program, and the rest its `PATH_INFO`. Nothing
/// else of the folder is ever shown, and what is not executable does not exist (51). A program gets variables, of
/// ``GatewayStyle``'s choice, its own folder to work in, and on standard input nothing, or a whole Titan upload. Its first
/// line is the header; what follows leaves as it comes, at the pace of the client.
///
/// What goes wrong before the header is 42; what goes wrong after it ends the connection without close_notify, so that the
/// client can tell (GP-011). When a response is over, however it ended, the program's process group is killed.
public struct CGI: Responder {
    /// The threads that start programs. Programs are killed when the thread that started them ends, so these never do.
    static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
        return threads
    }()

    private let folder: ScriptFolder
    private let options: Options
    private let slots: ProcessSlots
    /// Files that may not be run, and of which the log knows.
    private let refused = ToldPaths()
    private let user: ProgramUser?
    private let rules: AccessRules?
    private let limits: ScriptLaunch.Limits
    /// What every program gets, as `name=value`.
    private let environment: [(name: String, value: String)]

    /// - Parameters:
    ///   - directory: the folder, which may be moved or replaced while it is served, as that of ``/GeminiFiles/Files``.
    ///   - options: variables, limits, and what programs can reach.
    /// - Throws: ``CGIError``.
    public init(in directory: String, options: Options = Options()) throws(CGIError) {
        do {
            self.folder = try ScriptFolder(path: directory)
        } catch {
            throw .folder(error)
        }
        self.options = options
        self.slots = ProcessSlots(count: options.maximumProcesses)
        self.user = try ProgramUser(user: options.user, group: options.group)
        if let confinement = options.confinement {
            self.rules = try AccessRules(folder: self.folder.path, confinement)
            if self.rules == nil {
                options.logger.notice("This kernel has no Landlock: programs reach all files that their user can.")
            }
        } else {
            self.rules = nil
        }
        self.limits = ScriptLaunch.Limits(
            memory: UInt64(max(0, options.memoryLimit ?? 0)),
            processorSeconds: options.processorLimit.map { UInt64(max(1, $0.components.seconds)) } ?? 0
        )
        let inherited = options.inheritedVariables.compactMap { name in
            unsafe getenv(name).map { (name, unsafe String(cString: $0)) }
        }
        let own = options.environment.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        self.environment = inherited.filter { name, _ in options.environment[name] == nil } + own
    }

    public func respond(to request: Request) async throws -> Response {
        // Asked for on the connection's own event loop, it is that one: every other thread costs time to wake.
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        var input: Descriptor?
        if let upload = request.upload {
            switch try await Self.threads.runIfActive({ self.folder.script(at: request.localPath) }) {
            case .none: return .notFound
            case .notExecutable(let path): return self.refuse(path)
            case .found, .failed: break
            }
            input = try await UploadFile.receive(upload, on: Self.threads)
        }
        let client = request.remoteAddress.flatMap(ClientNetwork.init)
        try await self.slots.take(for: client, within: TimeAmount(self.options.queueTimeout))
        let beginning = Self.threads.runIfActive(eventLoop: eventLoop) { [input] in
            try self.begin(request, of: client, input: input)
        }
        switch try await beginning.flatMap({ self.listen(to: $0, on: eventLoop) }).get() {
        case .run(let run): return await run.response()
        case .response(let response): return response
        }
    }

    /// What a request comes to at first.
    private enum Beginning: Sendable {
        case started(ScriptLaunch.Started, name: String, Logger)
        case response(Response)
    }

    private enum Outcome: Sendable {
        case run(ScriptRun)
        case response(Response)
    }

    /// Finds a program and starts it. The place that is taken for it is given back when it has ended, or never begun. For
    /// threads that may block.
    private func begin(_ request: Request, of client: ClientNetwork?, input: Descriptor?) throws -> Beginning {
        var isStarted = false
        defer { if !isStarted { self.slots.release(client) } }
        let script: ScriptFolder.Script
        switch self.folder.script(at: request.localPath) {
        case .found(let found): script = found
        case .none: return .response(.notFound)
        case .notExecutable(let path): return .response(self.refuse(path))
        case .failed: return .response(.failure(.serverUnavailable))
        }
        var path = try GatewayPath(request, scriptSegments: script.segments)
        path.scriptFile = script.path
        path.documentRoot = self.options.documentRoot.map { Array($0.utf8) }
        let variables = GatewayVariables(request, path: path, style: self.options.style, server: self.options.server)
        var escaped: [UInt8] = []
        escaped.appendEscaped(path.scriptName.span)
        let name = String(decoding: escaped, as: UTF8.self)
        var logger = self.options.logger
        logger[metadataKey: "gemini.host"] = "\(request.url.host)"
        let launch = ScriptLaunch(
            script: script,
            environment: self.block(variables),
            input: input,
            limits: self.limits,
            user: self.user,
            rules: self.rules
        )
        do {
            let started = try launch.start()
            isStarted = true
            let slots = self.slots
            started.process.whenEnded { _ in slots.release(client) }
            return .started(started, name: name, logger)
        } catch {
            logger.warning("\(name): \(StartFailure(error, of: script))")
            return .response(.failure(.cgiError))
        }
    }

    /// Answers for a file that may not be run, and tells the log of it once.
    private func refuse(_ path: [UInt8]) -> Response {
        if self.refused.insert(path) {
            var name: [UInt8] = []
            name.appendEscaped(path.span)
            self.options.logger.warning(
                "\(String(decoding: name, as: UTF8.self)) is in a folder of programs and may not be run, which is answered with 51: 'chmod a+x' lets it."
            )
        }
        return .notFound
    }

    /// Opens our ends of a program's pipes, on the event loop.
    private func listen(to beginning: Beginning, on eventLoop: any EventLoop) -> EventLoopFuture<Outcome> {
        switch beginning {
        case .response(let response):
            return eventLoop.makeSucceededFuture(.response(response))
        case .started(let started, let name, let logger):
            let options = self.options
            let errors = ErrorPipe.open(
                started.error,
                on: eventLoop,
                limit: options.errorOutputLimit,
                name: name,
                logger: logger
            )
            return OutputPipe.open(started.output, on: eventLoop).and(errors).map { output, errors in
                .run(
                    ScriptRun(
                        started.process,
                        output: output,
                        errors: errors,
                        options: options,
                        eventLoop: eventLoop,
                        name: name,
                        logger: logger
                    )
                )
            }.flatMapErrorThrowing { error in
                started.process.kill()
                logger.warning("\(name) cannot be listened to: \(error)")
                return .response(.failure(.cgiError))
            }
        }
    }

    /// The environment of a program: the request's variables, then those that are for all.
    private func block(_ variables: GatewayVariables) -> [[CChar]] {
        var names: Set<String> = []
        var block: [[CChar]] = []
        block.reserveCapacity(variables.all.count + self.environment.count)
        for variable in variables.all {
            names.insert(variable.name)
            block.append(
                (Array(variable.name.utf8) + [UInt8(ascii: "=")] + variable.value + [0]).map { CChar(bitPattern: $0) }
            )
        }
        for (name, value) in self.environment where !names.contains(name) {
            block.append(Array("\(name)=\(value)".utf8CString))
        }
        return block
    }
}

extension Responder where Self == CGI {
    /// Answers with what the programs of a folder print, as in `try .cgi(in: "cgi-bin")`.
    ///
    /// - Throws: ``CGIError`` if the folder cannot be served.
    public static func cgi(in directory: String, options: CGI.Options = CGI.Options()) throws(CGIError) -> CGI {
        try CGI(in: directory, options: options)
    }
}
