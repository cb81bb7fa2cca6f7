public import GeminiServer
public import Logging
public import ServiceLifecycle

/// What can be chosen about a capsule besides its hosts and routes. What is left alone is as it is for the program
/// `canaveral`.
public struct CapsuleOptions: Sendable {
    /// The port to listen on, where ``addresses`` does not say.
    public var port = 1965

    /// Where to listen, and how: behind a proxy, without TLS, on a Unix socket; `nil` for this machine only while all host
    /// names are loopback ones, and every address otherwise.
    ///
    /// ```swift
    /// var listener = ListenerConfiguration(.unixSocket("/run/capsule/onion.sock"))
    /// listener.tls = false
    /// options.listeners = [listener]
    /// ```
    public var listeners: [ListenerConfiguration]?

    /// The addresses of the ``listeners``. One that is new gets a listener with TLS and nothing special.
    public var addresses: [ListenAddress]? {
        get { self.listeners?.map(\.address) }
        set {
            self.listeners = newValue?.map { address in
                self.listeners?.first { $0.address == address } ?? ListenerConfiguration(address)
            }
        }
    }

    /// What one client may cost.
    public var limits = Limits()

    /// Who may have a connection at all, such as everybody but ``RepeatOffenders``.
    public var admission: (any ConnectionAdmission)?

    /// How long running responses may go on when the capsule is told to stop.
    public var grace: Duration = .seconds(2)

    /// Whether another process may listen on the same addresses (`SO_REUSEPORT`), to take over.
    public var reusesPort = false

    /// Where each exchange is recorded.
    public var accessLog: AccessLog = .standardOutput

    /// How much of visitors' addresses is written down, in the access log and in the capsule's own log.
    public var addressDisplay = AddressDisplay.full

    /// Where the capsule and its handlers say what they do. What is behind it is the application's choice
    /// (`LoggingSystem.bootstrap`); by default it is standard error.
    public var logger = Logger(label: "canaveral")

    /// What answers requests for hosts, ports and schemes that are not the capsule's: it makes a proxy. Without it they
    /// are refused with 53.
    public var proxy: (any Responder)?

    /// Hosts whose connections are handed to other servers without ending their TLS here.
    public var passThrough: [PassThroughHost] = []

    /// Time and chance, for the handlers and for the services.
    public var environment = AppEnvironment.system

    /// Where sessions and conversations are kept, for all hosts; `nil` for a ``MemoryStore`` of the capsule's own, which
    /// goes by the time of the environment that the capsule was made with. When that is full, the sessions and
    /// conversations that end first make room: anybody can make certificates, and fill it.
    ///
    /// ```swift
    /// options.store = try SQLiteStore(path: "capsule.sqlite")      // they survive a restart
    /// ```
    public var store: (any Store)?

    /// What starts before the capsule serves and ends after it has stopped: connections to databases, jobs. Only a
    /// ``Broadcast`` ends before, so that no page that it feeds is waited for.
    public var services: [any Service] = []

    public init() {}

    /// Where the exchanges of a capsule are recorded.
    public enum AccessLog: Sendable {
        case none
        /// A line for each on standard output.
        case standardOutput
        /// A line for each, appended to a file.
        case file(String)
        case sink(any AccessLogSink)
    }
}
