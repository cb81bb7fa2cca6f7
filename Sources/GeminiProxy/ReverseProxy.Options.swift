public import GeminiClient
public import GeminiServer
public import Logging

extension ReverseProxy {
    /// What can be chosen about a proxy.
    public struct Options: Sendable {
        /// By which name the origin is asked, and trusted.
        public var name: OriginName = .origin

        /// Who decides whether the origin is the right one; `nil` for trust on first use, with what is known kept in the
        /// server's state directory (``ReverseProxy/standardKnownHosts()``). So does a mere `.none`, which is `nil` here: who
        /// wants no verification at all says `TrustAnyone()`.
        ///
        /// ```swift
        /// options.trust = .pinned([try Pin("backend.example", "SHA256:86341F…")])
        /// options.trust = .authority(try .system())
        /// ```
        public var trust: (any TrustPolicy)?

        /// The certificate that the origin is shown: the proxy's own, the same for all visitors.
        public var identity: ClientIdentity?

        /// Whether each connection begins with a PROXY header that tells the visitor's address (PP-24). The origin has to expect
        /// one.
        public var proxyHeader: ProxyHeader.Version?

        /// The time that the origin has for each step; a page may take as long as it likes, as long as it moves.
        public var limits = ClientLimits.stream

        /// Connections to the origin at once; requests above that are answered with 41. A visitor's address, or IPv6 network
        /// of 64 bits, may have a quarter of them (two of fewer than twelve, one of two); those without an address share all.
        public var maximumConnections = 256

        /// Whether a visitor sees the origin's 60, 61 and 62. Otherwise they become 43: the certificate that a visitor would
        /// make for them could never reach the origin (GP-183).
        public var passesCertificateRequests = false

        /// Where it says what went wrong.
        public var logger = Logger(label: "canaveral.proxy") { _ in SwiftLogNoOpLogHandler() }

        public init() {}
    }
}
