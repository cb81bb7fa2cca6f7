public import Logging

extension CGI {
    /// What can be chosen about a folder of programs, and what each of them may cost.
    public struct Options: Sendable {
        /// Whose variables the programs are given.
        public var style = GatewayStyle.canaveral

        /// What they are told about the server.
        public var server = GatewayServer()

        /// The folder that `PATH_TRANSLATED` is in.
        public var documentRoot: String?

        /// Processes at once. Whoever comes when there are as many waits for ``queueTimeout``, and gets 41 then. So does a
        /// visitor's address, or IPv6 network of 64 bits, that has a quarter of them (two of fewer than twelve, one of two)
        /// already; nobody else waits behind it. Visitors without an address share all.
        public var maximumProcesses = 32

        /// How long a request waits for one of the ``maximumProcesses``.
        public var queueTimeout: Duration = .seconds(2)

        /// From the start of a program to the end of its first line; 42 otherwise.
        public var headerTimeout: Duration = .seconds(10)

        /// From the start of a program to its end; what it has not sent by then is cut off. `nil`: no limit.
        public var runTimeout: Duration? = .seconds(60)

        /// Bytes of a body; what is longer is cut off. `nil`: no limit.
        public var outputLimit: Int? = 1 << 30

        /// Bytes of address space that a process may have. `nil`: no limit.
        public var memoryLimit: Int? = 1 << 30

        /// Time on a processor that a process may use, in whole seconds. `nil`: no limit.
        public var processorLimit: Duration? = .seconds(60)

        /// Bytes of a run's standard error that reach the log; the rest is read and dropped.
        public var errorOutputLimit = 8 * 1024

        /// Variables of this process's environment that programs get. Nothing else of it is passed on.
        public var inheritedVariables = ["PATH", "LANG"]

        /// Variables that programs get besides. A request's own variables come before them.
        public var environment: [String: String] = [:]

        /// The user that programs run as, by name or number, with that user's groups. Only root can have it so.
        public var user: String?

        /// The group that programs run as, by name or number, in the place of the user's.
        public var group: String?

        /// What programs can reach of the file system, on Linux with Landlock; `nil`: everything that their user can.
        public var confinement: Confinement? = Confinement()

        /// Told what programs print to standard error, and why a run failed.
        public var logger = Logger(label: "canaveral.cgi") { _ in SwiftLogNoOpLogHandler() }

        public init() {}
    }

    /// What a program can reach of the file system beside its own folder, which it can read, and what systems keep for all
    /// programs: libraries, interpreters, time zones, certificates of authorities, `/dev/null` and its like.
    ///
    /// It holds for what a program starts, too. Where the kernel can (Linux 6.12), no signal of theirs reaches another
    /// process. The network is open to them.
    public struct Confinement: Hashable, Sendable {
        /// Files and folders to read, and to start programs from.
        public var readable: [String]

        /// Files and folders to read and write.
        public var writable: [String]

        public init(readable: [String] = [], writable: [String] = []) {
            self.readable = readable
            self.writable = writable
        }
    }
}
