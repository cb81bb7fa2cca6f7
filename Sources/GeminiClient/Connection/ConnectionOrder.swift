import GeminiProtocol
import NIOCore
import NIOPosix
import NIOSSL

/// Everything that one connection needs: where to, what to ask, whom to show, whom to trust, how long.
struct ConnectionOrder: Sendable {
    /// The host to connect to, and to judge: a proxy's where there is one (GP-186).
    var host: Host
    var port: UInt16
    var line: RequestLine
    var upload: UploadContent?
    var identity: ClientIdentity?
    var tls: NIOSSLContext
    var trust: any TrustPolicy
    var confirmIdentityInClear: (@Sendable (ClientIdentity, ServerPresentation) async -> Bool)?
    var limits: ClientLimits
    var totalDeadline: NIODeadline?
    var makeResolver: (@Sendable (any EventLoop) -> any Resolver & Sendable)?
    var now: @Sendable () -> Timestamp
    /// Where to connect, if not to the host by its name.
    var address: Host?
    /// The port to connect to, if not ``port``, which is the one that trust is in.
    var addressPort: UInt16?
    /// What goes over the connection before TLS begins.
    var preamble: ByteBuffer?
    /// Told on the event loop when the TCP connection is there, before a byte has left.
    var connected: (@Sendable (any Channel) -> Void)?

    /// The name for SNI, without a dot at its end (RFC 6066 §3); none for an address (GP-006).
    var serverName: String? {
        self.host.withoutTrailingDot.name
    }
}
