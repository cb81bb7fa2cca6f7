import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers
import NIOSSL

/// The TLS contexts of a client: one for connections without an identity, and those of the identities shown of late.
final class ClientTLSContexts: Sendable {
    private struct Made {
        var anonymous: NIOSSLContext?
        var byFingerprint: [Fingerprint: NIOSSLContext] = [:]
    }

    /// A crawler has one identity, a person a few; whoever has more pays for the making.
    private static let maximumCount = 16

    private let made = NIOLockedValueBox(Made())

    func context(for identity: ClientIdentity?) throws -> NIOSSLContext {
        guard let identity else {
            if let context = self.made.withLockedValue({ $0.anonymous }) { return context }
            let context = try ClientTLSPolicy.makeContext(identity: nil)
            self.made.withLockedValue { $0.anonymous = context }
            return context
        }
        let fingerprint = identity.fingerprint
        if let context = self.made.withLockedValue({ $0.byFingerprint[fingerprint] }) { return context }
        let context = try ClientTLSPolicy.makeContext(identity: identity.identity)
        self.made.withLockedValue { made in
            if made.byFingerprint.count >= Self.maximumCount { made.byFingerprint.removeAll() }
            made.byFingerprint[fingerprint] = context
        }
        return context
    }
}
