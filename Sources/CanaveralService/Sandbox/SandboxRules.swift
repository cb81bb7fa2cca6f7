/// What a server may reach once it is confined: what is named here, and nothing else.
///
/// ```swift
/// var rules = SandboxRules()
/// rules.serve("/srv/gemini/example.org")
/// rules.write("/var/lib/canaveral")
/// rules.bindPorts = [1965]
/// try Sandbox.close(with: rules)
/// ```
///
/// The kernel keeps to files and folders, not to names: when another takes the place of a folder that may be read, it is
/// out of reach, unless the folder around it may be read too. ``serve(_:)`` and ``readFile(_:)`` see to that.
package struct SandboxRules: Hashable, Sendable {
    struct Place: Hashable, Sendable {
        var path: String
        /// The path without symbolic links, as it was when the rule was made.
        var resolved: String
        var rights: FileRights
        /// Whether it may be missing.
        var isOptional: Bool
    }

    private(set) var places: [Place] = []

    /// The TCP ports to listen on, 0 among them where the system picks one; `nil`: any. An inherited socket needs none.
    package var bindPorts: Set<UInt16>? = []

    /// The TCP ports of daemons and other servers to connect to, whatever their address; `nil`: any.
    package var connectPorts: Set<UInt16>? = []

    private var runsPrograms = false
    private var resolvesNames = false

    /// A sentence for each thing that will be out of reach once it is replaced.
    package private(set) var remarks: [String] = []

    /// Rules that allow what any server does: the C library's own files, the time zone, random numbers.
    package init() {
        for path in Self.ofAnyProgram { self.allow(.read, path, isOptional: true) }
        for path in Self.devices { self.allow(.device, path, isOptional: true) }
        // Dispatch looks at /proc/<thread>/stat of its threads once a second, and ends a process that cannot. Nothing of
        // other processes is there that is kept for their own user: to look at that counts as debugging, which Landlock
        // forbids.
        self.allow(.readFiles, "/proc", isOptional: true)
    }

    /// Lets a folder be read with all that is beneath it, and any that takes its place: the folder around it may be read
    /// too, and the one around what a link points to, unless that is one that holds other things by its nature.
    package mutating func serve(_ folder: String) {
        self.allow(.read, folder)
        self.allowSuccessors(of: folder)
    }

    /// Lets a file or a folder be read with all that is beneath it.
    ///
    /// - Parameter isOptional: whether it may be missing.
    package mutating func read(_ path: String, isOptional: Bool = false) {
        self.allow(.read, path, isOptional: isOptional)
    }

    /// Lets a file be read, a configuration or a certificate, and any that takes its place.
    package mutating func readFile(_ file: String) {
        self.allow(.read, file)
        self.allowSuccessors(of: file)
    }

    /// Lets a folder be read and written with all that is beneath it: state, uploads.
    ///
    /// - Parameter isOptional: whether it may be missing.
    package mutating func write(_ folder: String, isOptional: Bool = false) {
        self.allow(.write, folder, isOptional: isOptional)
    }

    /// Lets a log be written, and made again in its folder after it was moved away.
    package mutating func append(to file: String) {
        self.allow(.append, file, isOptional: true)
        self.allow(.append, RealPath.folder(of: file))
    }

    /// Lets a Unix socket be made and removed. To connect to one takes no rule.
    package mutating func bind(socket path: String) {
        self.allow(.socket, RealPath.folder(of: path))
    }

    /// Lets logs be written and sockets be made where the service manager keeps a folder for them, so that a configuration that
    /// is read later can name them.
    package mutating func useFolders(of environment: ServiceEnvironment) {
        for folder in environment.logFolders { self.allow(.append, folder, isOptional: true) }
        for folder in environment.socketFolders { self.allow(.socket, folder, isOptional: true) }
    }

    /// Lets host names be looked up.
    package mutating func resolveNames() {
        for path in Self.ofResolver { self.allow(.read, path, isOptional: true) }
        self.resolvesNames = true
    }

    /// Lets the system's users be looked up, as for programs that run as another.
    package mutating func lookUpUsers() {
        for path in Self.ofUsers { self.allow(.read, path, isOptional: true) }
    }

    /// Lets programs be started. A program is confined by the server's rules and by its own, so that the server's have to
    /// allow whatever a program is granted; the network is open to it.
    ///
    /// - Parameters:
    ///   - system: what any program needs, interpreters and libraries; what is not there is left out.
    ///   - devices: files of devices; the same.
    ///   - readable: the folder of the programs, and what they may read besides.
    ///   - writable: what they may write.
    package mutating func runPrograms(
        system: [String],
        devices: [String],
        readable: [String],
        writable: [String]
    ) {
        for path in system { self.allow([.read, .execute], path, isOptional: true) }
        for path in devices { self.allow(.device, path, isOptional: true) }
        for path in readable { self.allow([.read, .execute], path) }
        for path in writable { self.allow([.write, .execute], path) }
        self.runsPrograms = true
    }

    /// The ports that are open in effect: all of them to programs, and that of the domain name system where names are looked
    /// up, whose long answers come over TCP.
    var openPorts: (bind: Set<UInt16>?, connect: Set<UInt16>?) {
        if self.runsPrograms { return (nil, nil) }
        return (self.bindPorts, self.resolvesNames ? self.connectPorts?.union([53]) : self.connectPorts)
    }

    mutating func allow(_ rights: FileRights, _ path: String, isOptional: Bool = false) {
        let place = Place(
            path: path,
            resolved: RealPath.resolve(path) ?? path,
            rights: rights,
            isOptional: isOptional
        )
        if !self.places.contains(place) { self.places.append(place) }
    }

    /// Leaves out what cannot be opened now: it stays closed, and everything else as it is.
    package mutating func leaveOut(_ path: String) {
        self.places.removeAll { $0.path == path }
    }

    mutating func remark(_ sentence: String) {
        if !self.remarks.contains(sentence) { self.remarks.append(sentence) }
    }
}
