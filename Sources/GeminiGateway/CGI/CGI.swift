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
        let lookup = try await Self.threads.runIfActive { self.folder.script(at: request.localPath) }
        let script: ScriptFolder.Script
        switch lookup {
        case .found(let found): script = found
        case .none: return .notFound
        case .failed: return .failure(.serverUnavailable)
        }
        var path = try GatewayPath(request, scriptSegments: script.segments)
        path.scriptFile = script.path
        path.documentRoot = self.options.documentRoot.map { Array($0.utf8) }
        let variables = GatewayVariables(request, path: path, style: self.options.style, server: self.options.server)
        var input: Descriptor?
        if let upload = request.upload { input = try await UploadFile.receive(upload, on: Self.threads) }
        let launch = ScriptLaunch(
            script: script,
            environment: self.block(variables),
            input: input,
            limits: self.limits,
            user: self.user,
            rules: self.rules
        )
        var name: [UInt8] = []
        name.appendEscaped(path.scriptName.span)
        guard let run = try await self.start(launch, name: String(decoding: name, as: UTF8.self)) else {
            return .failure(.cgiError)
        }
        return await run.response()
    }

    /// Starts a program when there is a place for it.
    ///
    /// - Returns: `nil` where it cannot be started, which the log has been told.
    private func start(_ launch: ScriptLaunch, name: String) async throws -> ScriptRun? {
        let logger = self.options.logger
        try await self.slots.take(within: TimeAmount(self.options.queueTimeout))
        let started: ScriptLaunch.Started
        do {
            started = try await Self.threads.runIfActive { try launch.start() }
        } catch {
            self.slots.release()
            logger.warning("\(name): \(error)")
            return nil
        }
        let slots = self.slots
        started.process.whenEnded { _ in slots.release() }
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        do {
            let output: OutputPipe
            do {
                output = try await OutputPipe(takingOwnershipOf: started.output, on: eventLoop)
            } catch {
                _ = close(started.error)
                throw error
            }
            let errors = try await ErrorPipe(
                takingOwnershipOf: started.error,
                on: eventLoop,
                limit: self.options.errorOutputLimit,
                name: name,
                logger: logger
            )
            return ScriptRun(
                started.process,
                output: output,
                errors: errors,
                options: self.options,
                eventLoop: eventLoop,
                name: name,
                logger: logger
            )
        } catch {
            started.process.kill()
            logger.warning("\(name) cannot be listened to: \(error)")
            return nil
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
