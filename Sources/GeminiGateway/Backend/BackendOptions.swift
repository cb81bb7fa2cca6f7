public import Logging

/// What can be chosen about a daemon that answers by SCGI or FastCGI, and what a request to it may cost.
///
/// A property of one responder: two locations with two responders have limits of their own.
public struct BackendOptions: Sendable {
    /// Whose variables the daemon is sent.
    public var style = GatewayStyle.canaveral

    /// What it is told about the server.
    public var server = GatewayServer()

    /// `SCRIPT_NAME`, as the beginning of the path. Without it, it is where the responder is mounted (FC-03).
    public var scriptName: String?

    /// How many names of the path behind where the responder is mounted belong to `SCRIPT_NAME`: 1 for a daemon that runs
    /// the scripts of a folder. Not looked at where there is a ``scriptName``.
    public var scriptSegments = 0

    /// The folder that `PATH_TRANSLATED` is in. The daemon is told it in `DOCUMENT_ROOT`, and where `SCRIPT_NAME` would lie
    /// beneath it in `SCRIPT_FILENAME`: fcgiwrap and PHP-FPM ask for that.
    public var documentRoot: String?

    /// Variables that the daemon is sent besides. A request's own come before them.
    public var environment: [String: String] = [:]

    /// Requests to the daemon at once. Whoever comes when there are as many waits for ``queueTimeout``, and gets 41 then. So
    /// does a visitor's address, or IPv6 network of 64 bits, that has a quarter of them (two of fewer than twelve, one of
    /// two) already; nobody else waits behind it. Visitors without an address share all.
    public var maximumConnections = 32

    /// How long a request waits for one of the ``maximumConnections``.
    public var queueTimeout: Duration = .seconds(2)

    /// How long connecting may take; 42 otherwise.
    public var connectTimeout: Duration = .seconds(5)

    /// From the whole request, an upload included, to the end of the response's first line; 42 otherwise.
    public var headerTimeout: Duration = .seconds(10)

    /// How long the daemon may send nothing of a body, or take nothing of an upload.
    public var stallTimeout: Duration = .seconds(60)

    /// From the beginning of a request to the end of its response; what has not come by then is cut off. `nil`: no limit.
    public var runTimeout: Duration? = .seconds(600)

    /// Bytes of a body; what is longer is cut off. `nil`: no limit.
    public var outputLimit: Int? = 1 << 30

    /// Bytes of a Titan upload; 59 for more, before the daemon hears of it. `nil`: the server's limit.
    public var uploadLimit: Int?

    /// FastCGI: bytes of a request's standard error that reach the log; the rest is read and dropped.
    public var errorOutputLimit = 8 * 1024

    /// FastCGI: connections that are kept open for later requests; 0 for a new one each time. A daemon that serves few
    /// connections at once is not kept from others: nothing is kept while a request waits for its turn.
    public var keptConnections = 8

    /// FastCGI: how long a connection is kept that nobody uses.
    public var keepTimeout: Duration = .seconds(10)

    /// Told what daemons print to standard error, and why a request failed.
    public var logger = Logger(label: "canaveral.gateway") { _ in SwiftLogNoOpLogHandler() }

    public init() {}
}
