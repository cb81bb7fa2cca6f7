import NIOCore
package import NIOSSL

/// The one place that says how our servers speak TLS.
package enum ServerTLSPolicy {
    /// A context for connections to a host with this identity.
    ///
    /// TLS 1.2 and 1.3 (GP-002), a client certificate asked for and never required (GP-150), and no list of
    /// authorities that would steer the client's choice. 0-RTT is off in NIOSSL and stays off (GP-161).
    ///
    /// Building a context costs tens of microseconds and touches no disk: once a host, never per connection.
    package static func makeContext(identity: Identity) throws -> ServerTLSContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try identity.nioSSLCertificates().map { .certificate($0) },
            privateKey: .privateKey(try identity.nioSSLPrivateKey())
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = TLSAlgorithms.tls12CipherSuites
        configuration.certificateVerification = .optionalVerification
        configuration.trustRoots = .certificates([])
        configuration.verifySignatureAlgorithms = TLSAlgorithms.signatures
        // Only a close that skips our own linger would ever wait for this.
        configuration.shutdownTimeout = .seconds(1)
        return try ServerTLSContext(configuration: configuration)
    }

    /// A handler for one connection, which takes any certificate that the client can prove to own: judging it is the
    /// business of whoever answers the request. What the client sends along with it is in
    /// `peerValidatedCertificateChain`, where NIOSSL has room for it; despite its name nobody has validated it.
    package static func makeHandler(context: NIOSSLContext) -> NIOSSLServerHandler {
        NIOSSLServerHandler(
            context: context,
            customVerificationCallbackWithMetadata: { chain, promise in
                let metadata = VerificationMetadata(chain.count > 1 ? ValidatedCertificateChain(chain) : nil)
                promise.succeed(.certificateVerified(metadata))
            }
        )
    }
}
