import NIOConcurrencyHelpers
package import NIOSSL

/// What connections to a host with one certificate have in common, made once. Thread-safe.
///
/// Sessions are resumed by whoever holds their ticket or their number, and one that was made with a client's certificate
/// carries it on, whoever the client wants to be now (GP-160). Such a session is not resumed: NIOSSL has no setting for
/// that, so the connection begins anew in a context that knows none of the sessions of the first one.
package final class ServerTLSContext: Sendable {
    /// For every connection at first.
    let resuming: NIOSSLContext

    private let configuration: TLSConfiguration
    private let declining = NIOLockedValueBox<NIOSSLContext?>(nil)

    package init(configuration: TLSConfiguration) throws {
        self.configuration = configuration
        self.resuming = try NIOSSLContext(configuration: configuration)
    }

    /// For connections that offer a session which must not be resumed. Its own sessions are offered to the other context
    /// first, which does not know them. Made when it is first needed.
    func forNewSessions() throws -> NIOSSLContext {
        try self.declining.withLockedValue { context in
            if let context { return context }
            let made = try NIOSSLContext(configuration: self.configuration)
            context = made
            return made
        }
    }
}
