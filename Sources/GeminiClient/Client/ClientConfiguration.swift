package import GeminiProtocol
import GeminiTLS
public import NIOCore
public import NIOPosix

/// How a ``GeminiClient`` works.
public struct ClientConfiguration: Sendable {
    /// Who decides whether a server is the one that it says it is.
    public var trust: any TrustPolicy

    /// Who knows which identity is shown where; `nil`: none is ever shown.
    public var identities: (any IdentityProvider)?

    /// Asked before a client certificate would travel in clear, which it does in TLS 1.2 and never in 1.3 (GP-008);
    /// `false` ends the connection with ``ClientError/identityInClear(_:)``. `nil`: it may.
    public var confirmIdentityInClear:
        (@Sendable (_ identity: ClientIdentity, _ server: ServerPresentation) async -> Bool)?

    /// What a page may cost that is kept in memory.
    public var limits: ClientLimits

    /// What a streamed page may cost.
    public var streamLimits: ClientLimits

    /// The most redirects that are followed for one request, 5 as the protocol demands, or fewer (GP-136).
    public var maximumRedirects: Int = 5 {
        didSet { self.maximumRedirects = min(max(self.maximumRedirects, 0), 5) }
    }

    /// The server that relays requests; `nil`: each host is asked itself (GP-184).
    public var proxy: ProxyServer?

    /// Where one of the servers, or the proxy, is reached in place of where its name leads.
    public var detour: Detour?

    /// Where connections live; any group of NIO's POSIX event loops.
    public var eventLoopGroup: any EventLoopGroup

    /// Looks up the addresses of a name; the system unless given. Made for each connection, on whose event loop it may
    /// rely.
    package var makeResolver: (@Sendable (any EventLoop) -> any Resolver & Sendable)?

    /// The wall clock, for the validity of certificates.
    package var now: @Sendable () -> Timestamp = { .now }

    /// Told of the redirects that requests follow.
    package var redirectTrail: RedirectTrail?

    /// Waits between attempts.
    package var clock: any Clock<Duration> = ContinuousClock()

    public init(
        trust: any TrustPolicy,
        identities: (any IdentityProvider)? = nil,
        limits: ClientLimits = .page,
        streamLimits: ClientLimits = .stream,
        proxy: ProxyServer? = nil,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.trust = trust
        self.identities = identities
        self.limits = limits
        self.streamLimits = streamLimits
        self.proxy = proxy
        self.eventLoopGroup = eventLoopGroup
    }
}
