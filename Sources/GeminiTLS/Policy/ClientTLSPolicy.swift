package import NIOCore
package import NIOSSL

/// The one place that says how our clients speak TLS.
package enum ClientTLSPolicy {
    /// A context for connections on which the client shows an identity, or none.
    ///
    /// TLS 1.2 and 1.3 (GP-002). No authority is trusted here: the one who makes the handler judges the server. NIOSSL
    /// never resumes a session as a client, so that no connection carries another one's identity (GP-160).
    package static func makeContext(identity: Identity?) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = TLSAlgorithms.tls12CipherSuites
        // With no verification at all, the callback would not be asked either.
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates([])
        // NIOSSL's own list and P-521, without which TLS 1.2 has no servers with such a key.
        configuration.curves = [.x25519_MLKEM768, .x25519, .secp256r1, .secp384r1, .secp521r1]
        configuration.verifySignatureAlgorithms = TLSAlgorithms.signatures
        configuration.shutdownTimeout = .seconds(1)
        if let identity {
            configuration.certificateChain = try identity.nioSSLCertificates().map { .certificate($0) }
            configuration.privateKey = .privateKey(try identity.nioSSLPrivateKey())
        }
        return try NIOSSLContext(configuration: configuration)
    }

    /// A handler for one connection.
    ///
    /// - Parameters:
    ///   - serverName: the name for SNI; `nil` for a server that is named by its address (GP-006).
    ///   - judge: decides about the certificates that the server shows, and completes the promise. Until then nothing of
    ///     a request and no client certificate leaves (GP-176). Called on the event loop, at most once.
    package static func makeHandler(
        context: NIOSSLContext,
        serverName: String?,
        judge: @escaping ([NIOSSLCertificate], EventLoopPromise<NIOSSLVerificationResult>) -> Void
    ) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: serverName, customVerificationCallback: judge)
    }
}
