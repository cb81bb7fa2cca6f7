import CNIOBoringSSL

/// Settings made ready; any number of connections on any threads share one.
///
/// Unchecked: an `SSL_CTX` may be used by several threads once it is set up, and it is not changed after `init`.
package final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer

    /// - Throws: ``ProbeError/settings(reason:)``.
    package init(_ settings: TLSSettings = TLSSettings()) throws(ProbeError) {
        guard let context = SSL_CTX_new(TLS_with_buffers_method()) else { throw .settings(reason: "no memory") }
        self.pointer = context
        SSL_CTX_set_min_proto_version(context, settings.versions.lowerBound.code)
        SSL_CTX_set_max_proto_version(context, settings.versions.upperBound.code)
        if !settings.takesTickets { SSL_CTX_set_options(context, UInt32(SSL_OP_NO_TICKET)) }
        if let groups = settings.groups { SSL_CTX_set1_group_ids(context, groups, groups.count) }
        // Who the server is, is for the caller to judge.
        SSL_CTX_set_custom_verify(context, SSL_VERIFY_PEER) { _, _ in ssl_verify_ok }
        let algorithms = Self.signatureAlgorithms
        SSL_CTX_set_verify_algorithm_prefs(context, algorithms, algorithms.count)
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL)
        SSL_CTX_sess_set_new_cb(context) { ssl, session in
            guard let ssl, let session else { return 0 }
            ProbeConnection.of(ssl).keep(ResumableSession(owning: session))
            return 1
        }
        SSL_CTX_set_cert_cb(
            context,
            { ssl, _ in
                guard let ssl else { return 1 }
                let authorities = SSL_get0_server_requested_CAs(ssl).map { OPENSSL_sk_num($0) } ?? 0
                ProbeConnection.of(ssl).certificateWasRequested(namingAuthorities: authorities)
                return 1
            },
            nil
        )
        if let identity = settings.identity { try self.use(identity) }
    }

    deinit {
        SSL_CTX_free(self.pointer)
    }

    private func use(_ identity: TLSSettings.Identity) throws(ProbeError) {
        let key = identity.key.withUnsafeBufferPointer { bytes in
            var reader = CBS()
            CBS_init(&reader, bytes.baseAddress, bytes.count)
            return EVP_parse_private_key(&reader)
        }
        guard let key else { throw .settings(reason: "the key is no PKCS#8") }
        defer { EVP_PKEY_free(key) }
        var certificates = identity.certificates.map { CRYPTO_BUFFER_new($0, $0.count, nil) }
        defer {
            for certificate in certificates { CRYPTO_BUFFER_free(certificate) }
        }
        guard SSL_CTX_set_chain_and_key(self.pointer, &certificates, certificates.count, key, nil) == 1 else {
            let reason = ErrorQueue.takeReason()
            throw .settings(reason: reason)
        }
    }

    /// All that servers have keys for. The library's own list leaves Ed25519 and P-521 out, and SHA-1, which TLS below
    /// 1.2 implies and here only tells what a server would do.
    private static let signatureAlgorithms: [UInt16] = [
        0x0807, 0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0201, 0x0203,
    ]
}
