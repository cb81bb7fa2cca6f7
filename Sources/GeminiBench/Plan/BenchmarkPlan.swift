public import GeminiProtocol
import NIOCore

/// What a ``Benchmark`` asks for, how often, and for how long.
public struct BenchmarkPlan: Sendable {
    /// How requests follow each other.
    public enum Load: Sendable, Hashable {
        /// Each connection makes its next request when its last one is over: as fast as the server goes.
        ///
        /// A server that stalls is asked less meanwhile, so the figures say what it can do, not what a visitor meets.
        case closed

        /// So many requests a second are due, whatever becomes of them.
        ///
        /// The latency of a request counts from when it was due, also when all connections were busy then: nothing that
        /// a stall delays is left out.
        case open(requestsPerSecond: Double)
    }

    /// What is asked for. It has to be a `gemini` URL.
    public var url: GeminiURL

    /// The host and port to connect to instead of the URL's, such as `127.0.0.1` for a host that is served there.
    public var endpoint: Endpoint?

    /// How requests follow each other.
    public var load = Load.closed

    /// The most connections that are open at once.
    public var connections = 32

    /// How long requests are made and counted, after the warm-up.
    public var duration: Duration? = .seconds(10)

    /// How many requests are made and counted, after the warm-up; with ``duration`` too, whichever is over first.
    public var requests: Int?

    /// How long requests are made that are not counted, before the others.
    public var warmup: Duration = .seconds(1)

    /// How long a request may take once its connection is begun; and in an open loop, how long it may wait for that
    /// after it was due.
    public var timeout: Duration = .seconds(10)

    /// How many threads make the requests; never more than connections.
    public var threads = System.coreCount

    /// Whether each thread resumes the last TLS session that the server gave it a ticket for.
    public var resumesSessions = false

    /// The newest version of TLS to speak.
    public var maximumTLSVersion = TLSVersion.tls13

    /// What counts as the right answer.
    public var expectedStatus = Status.success

    /// Whether a response that ends without close_notify, and so may be cut off, is right nevertheless (GP-012).
    public var acceptsTruncation = false

    /// Whether the owner of the host allows this. Without, only this machine is loaded.
    public var hasPermission = false

    /// - Parameter url: what is asked for.
    public init(url: GeminiURL) {
        self.url = url
    }

    /// A host and a port to connect to.
    public struct Endpoint: Sendable, Hashable {
        /// A name or an IP address.
        public var host: String
        public var port: Int

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }
}

/// The versions of TLS that Gemini knows (GP-002).
public enum TLSVersion: String, Sendable, CaseIterable {
    case tls12 = "1.2"
    case tls13 = "1.3"
}
