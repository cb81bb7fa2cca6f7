import GeminiClient
import GeminiProtocol
import GeminiTLS

/// A server as a client meets it.
struct ShownServer {
    static let now = Timestamp(iso8601: "2026-11-21T12:00:00Z")!

    let identity: Identity

    /// A server with a new key.
    init(_ names: [String] = ["example.org"], days: Int = 365, at made: Timestamp = Self.now) throws {
        self.identity = try Identity.generate(names: names, days: days, at: made)
    }

    private init(_ identity: Identity) {
        self.identity = identity
    }

    /// The same key with a new certificate.
    func renewed(days: Int = 365, at now: Timestamp = Self.now) throws -> ShownServer {
        ShownServer(try self.identity.renewed(days: days, at: now))
    }

    var certificate: ServerCertificate {
        ServerCertificate(der: self.identity.leaf.der)
    }

    func known(_ host: String = "example.org", port: UInt16 = 1965) throws -> KnownHost {
        KnownHost(self.certificate, host: try Host(host), port: port)
    }

    func shown(
        as host: String = "example.org",
        port: UInt16 = 1965,
        at time: Timestamp = Self.now
    ) throws -> ServerPresentation {
        ServerPresentation(host: try Host(host), port: port, certificates: [self.certificate], time: time)
    }
}
