import ArgumentParser
import CanaveralConfiguration
import CanaveralService
import GeminiServer
import GeminiTLS
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a server's process takes and gives up while it has one thread only: ports and keys that are the superuser's, then
/// its user, its root, and every file that is none of its business.
struct ServiceProcess: Sendable {
    /// Tells systemd how the server is, where it wants to know.
    var notifier: ServiceNotifier?
    /// The sockets that systemd opened.
    var sockets: InheritedSockets
    /// The configuration that it was prepared for, as it is named outside of its root; `nil` where there is none that is valid.
    var configuration: (configuration: Configuration, warnings: [ConfigurationProblem])?
    /// Where that was read, as it was named when the process was prepared: from another folder and root it may be another.
    var source: ConfigurationSource?
    /// What keeps the configuration from being read again; `nil` where nothing does.
    var outside: OutsideReload?
    /// Ports that were bound before the user changed.
    var bound: BoundSockets?
    /// Identities that were read before the user changed, by the titles of their hosts.
    var identities: [String: ServerIdentity] = [:]
    /// The certificate in the file that flags name, where it was read or made before the user changed.
    var certificate: ServiceCertificate?
    /// Where the state is whatever the new user's own place would be; `nil` where the user is as it was.
    var stateDirectory: String?
    /// What is the root of the file system now.
    var root: ChangedRoot?
    /// What the sandbox allows, where there is one.
    var sandbox: SandboxRules?
    /// The files that tell of the process, opened while they can be.
    var metrics: ServiceMetrics?
    /// What the log is to be told about all that.
    var remarks: [String] = []
    /// What is worth knowing where something does not work as expected.
    var details: [String] = []

    private static let prepared = Mutex<ServiceProcess?>(nil)

    /// The process as it was prepared; as it came where nobody has.
    static func current() throws -> ServiceProcess {
        if let prepared = Self.prepared.withLock({ $0 }) { return prepared }
        return ServiceProcess(sockets: try InheritedSockets(environment: ServiceEnvironment([:])))
    }

    /// Prepares this process to be the server that the arguments ask for, if they ask for one.
    ///
    /// To be called in `main()` before anything else starts a thread: the sandbox holds for this one and those that it starts.
    /// What is wrong with the configuration is told later, by who can tell all of it.
    ///
    /// - Throws: ``Failure``.
    static func prepare(_ arguments: [String]) throws {
        guard let command = (try? Canaveral.parseAsRoot(arguments)) as? ServeCommand, !command.version else { return }
        do {
            let process = try Self.make(for: command)
            Self.prepared.withLock { $0 = process }
        } catch let failure as Failure {
            throw failure
        } catch let error as InvalidConfiguration {
            throw Failure.invalid(error)
        } catch {
            throw Failure.configuration("\(error)")
        }
    }

    private static func make(for command: ServeCommand) throws -> ServiceProcess {
        let environment = ServiceEnvironment.take()
        var process = ServiceProcess(sockets: try InheritedSockets(environment: environment))
        do {
            process.notifier = try ServiceNotifier(environment: environment)
        } catch {
            process.remarks.append("systemd is not told how the server is: \(error)")
        }
        guard let source = try? ConfigurationSource(command), let read = try? source.read() else { return process }
        process.configuration = read
        process.source = source
        do {
            try process.become(what: read.configuration, source, environment)
        } catch let error as PrivilegesError {
            let problem = read.configuration.problem(error)
            // What a flag asked for has no line.
            guard let file = source.file, problem.line != nil else { throw error }
            throw InvalidConfiguration(file: file, problems: [problem])
        }
        return process
    }

    /// Becomes who the configuration says, where it says, and gives up the rest.
    private mutating func become(
        what configuration: Configuration,
        _ source: ConfigurationSource,
        _ environment: ServiceEnvironment
    ) throws {
        self.metrics = ServiceMetrics(changesRoot: configuration.process.chroot != nil)
        try Hardening.apply(programsMayChangeUser: configuration.runsProgramsAsOthers)
        let state = StateFolder(configuration)
        let user = try ServiceUser(user: configuration.process.user, group: configuration.process.group)
        if let user {
            try self.becomeAnother(user, configuration, source, state: state)
        } else if let folder = configuration.process.chroot {
            throw PrivilegesError.rootWithoutUser(folder)
        } else {
            state.make()
        }
        if configuration.process.isSandboxed {
            try self.close(configuration, source, state: state, environment)
        }
    }

    /// Takes what only the superuser gets, and becomes somebody else.
    private mutating func becomeAnother(
        _ user: ServiceUser,
        _ configuration: Configuration,
        _ source: ConfigurationSource,
        state: StateFolder
    ) throws {
        var configuration = configuration
        self.stateDirectory = state.path
        configuration.stateDirectory = configuration.stateDirectory ?? state.path
        let root = try configuration.process.chroot.map { path throws(PrivilegesError) in try ChangedRoot(path) }
        if let root { _ = try configuration.inside(root, file: source.file) }
        let addresses = configuration.listeners.compactMap { listener in
            if case .network(let address) = listener.address { address } else { nil }
        }
        do {
            self.bound = try BoundSockets(for: addresses, reusesPort: configuration.reusesPort)
        } catch {
            throw Failure.work("\(error)")
        }
        var problems: [ConfigurationProblem] = []
        let options = source.command.certificate
        if source.file == nil, let file = options.certificateFile, let host = configuration.hosts.first {
            let certificate = try ServiceCertificate(file: file, options, hosts: source.command.listen.hosts())
            self.certificate = certificate
            self.identities[host.title] = certificate.identity
        }
        if !configuration.isInClear {
            self.identities = HostIdentities.read(of: configuration, besides: self.identities, &problems)
        }
        guard problems.isEmpty else { throw InvalidConfiguration(file: source.file, problems: problems) }
        if !user.isCurrent {
            state.make()
            if let path = state.path, !user.reaches(path, inside: root?.folder ?? "/") {
                throw Failure.configuration(
                    "\(path), where certificates are kept, is out of reach for \(user.name): let that user look into the folders around it, or name another with state-directory (--state-dir)."
                )
            }
            state.give(to: user)
        }
        self.remarks +=
            root?.remarks(
                resolvesNames: configuration.resolvesNames,
                runsPrograms: configuration.runsPrograms
            ) ?? []
        self.root = root
        if let root, let file = source.file, root.path(of: file) == nil {
            self.outside = OutsideReload(file: file, root: root.folder)
        }
        try user.assume(in: root)
    }

    /// What is not there yet, or not for this user, stays closed; the rest is as it has to be.
    ///
    /// - Parameter known: what need not be told of.
    private mutating func closeSandbox(_ rules: inout SandboxRules, besides known: [String]) throws -> Sandbox.Outcome {
        while true {
            do {
                return try Sandbox.close(with: rules)
            } catch {
                guard case .place(let path, _) = error else { throw error }
                rules.leaveOut(path)
                guard !known.contains(path) else { continue }
                self.remarks.append(
                    "The sandbox is closed for \(path), which cannot be opened: restart the server when it can be."
                )
            }
        }
    }

    /// Closes the sandbox.
    private mutating func close(
        _ configuration: Configuration,
        _ source: ConfigurationSource,
        state: StateFolder,
        _ environment: ServiceEnvironment
    ) throws {
        let configuration = try self.seen(configuration)
        var rules = configuration.sandboxRules(
            file: self.place(of: source.file),
            stateDirectory: self.root == nil ? state.path : nil
        )
        if self.root == nil { rules.useFolders(of: environment) }
        if self.certificate == nil { source.command.certificate.allow(in: &rules) }
        // Of certificates that another user may not read, the log is told what that means for them.
        let known = self.bound == nil ? [] : configuration.identityFiles
        let outcome = try self.closeSandbox(&rules, besides: known)
        if let remark = outcome.remark { self.remarks.append(remark) }
        guard case .closed = outcome else { return }
        self.sandbox = rules
        self.details = rules.remarks
    }

    /// What a file is called in this process; `nil` where it is out of its reach.
    func place(of file: String?) -> String? {
        guard let file, let root else { return file }
        return root.path(of: file)
    }

    /// The identities that were read before the user changed, of hosts that are what they were then.
    ///
    /// - Parameter configuration: as this process sees its paths.
    func identities(for configuration: Configuration) -> [String: ServerIdentity] {
        guard let first = try? self.configuration.map({ try self.seen($0.configuration) }) else {
            return self.identities
        }
        return self.identities.filter { title, _ in
            guard let before = first.hosts.first(where: { $0.title == title }),
                let now = configuration.hosts.first(where: { $0.title == title })
            else { return false }
            return before.certificate == now.certificate && before.names == now.names
        }
    }

    /// A configuration as this process sees its paths.
    ///
    /// - Throws: ``InvalidConfiguration`` where some are out of its reach.
    func seen(_ configuration: Configuration) throws(InvalidConfiguration) -> Configuration {
        var configuration = configuration
        configuration.stateDirectory = configuration.stateDirectory ?? self.stateDirectory
        guard let root else { return configuration }
        return try configuration.inside(root, file: self.source?.file)
    }

    /// Shows that no event loop hangs.
    static func beat() async throws {
        for eventLoop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
            try await eventLoop.submit {}.get()
        }
    }
}
