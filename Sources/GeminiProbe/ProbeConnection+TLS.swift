import CNIOBoringSSL

extension ProbeConnection {
    /// What a handshake agreed on.
    package struct Agreement: Sendable, Hashable {
        package var version: TLSVersion
        /// The name in the standards, such as `TLS_AES_128_GCM_SHA256`.
        package var cipherSuite: String
        /// The group of the key exchange, such as `X25519`; `nil` where there was none.
        package var group: String?
        /// Whether an earlier session was resumed.
        package var isResumed: Bool
        /// DER, the server's own certificate first.
        package var certificates: [[UInt8]]
    }

    /// Does the handshake.
    ///
    /// - Parameters:
    ///   - serverName: what to send as SNI; without it the extension is left out.
    ///   - session: one to offer.
    /// - Throws: ``ProbeError/alert(_:)``, ``ProbeError/tls(reason:)``, or how the connection ended.
    @discardableResult
    package func startTLS(
        _ context: TLSContext,
        serverName: String?,
        session: ResumableSession? = nil,
        deadline: Deadline
    ) throws(ProbeError) -> Agreement {
        guard self.ssl == nil, let ssl = SSL_new(context.pointer) else { throw .tls(reason: "no connection") }
        self.ssl = ssl
        SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()))
        SSL_set_connect_state(ssl)
        SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(self).toOpaque())
        if let serverName, SSL_set_tlsext_host_name(ssl, serverName) != 1 {
            throw .settings(reason: "the server name cannot be sent")
        }
        if let session { SSL_set_session(ssl, session.pointer) }
        try self.shakeHands(ssl, deadline: deadline)
        return self.agreement(ssl)
    }

    private func shakeHands(_ ssl: OpaquePointer, deadline: Deadline) throws(ProbeError) {
        while true {
            ErrorQueue.clear()
            let result = SSL_do_handshake(ssl)
            let error = SSL_get_error(ssl, result)
            let reason = result == 1 || error == SSL_ERROR_WANT_READ ? nil : ErrorQueue.takeError()
            do throws(ProbeError) {
                try self.flush(deadline: deadline)
            } catch {
                // The server may have said why it went.
                guard case .bytes = self.fill(ssl, deadline: deadline) else { throw error }
                continue
            }
            if result == 1 { return }
            if let reason { throw reason }
            switch self.fill(ssl, deadline: deadline) {
            case .bytes: continue
            case .finished: throw .finished
            case .reset: throw .reset
            case .silence: throw .silence
            }
        }
    }

    private func agreement(_ ssl: OpaquePointer) -> Agreement {
        let cipher = SSL_get_current_cipher(ssl)
        let group = SSL_get_group_id(ssl)
        return Agreement(
            version: TLSVersion(code: UInt16(truncatingIfNeeded: SSL_version(ssl))),
            cipherSuite: cipher.flatMap { SSL_CIPHER_standard_name($0) }.map { String(cString: $0) } ?? "unknown",
            group: group == 0 ? nil : SSL_get_group_name(group).map { String(cString: $0) } ?? "\(group)",
            isResumed: SSL_session_reused(ssl) == 1,
            certificates: Self.certificates(ssl)
        )
    }

    private static func certificates(_ ssl: OpaquePointer) -> [[UInt8]] {
        guard let stack = SSL_get0_peer_certificates(ssl) else { return [] }
        return (0..<OPENSSL_sk_num(stack)).map { index in
            let certificate = OPENSSL_sk_value(stack, index).map { OpaquePointer($0) }
            return Array(
                UnsafeBufferPointer(start: CRYPTO_BUFFER_data(certificate), count: CRYPTO_BUFFER_len(certificate))
            )
        }
    }

    /// The connection that an `SSL` belongs to, in BoringSSL's callbacks, which run inside of its calls.
    static func of(_ ssl: OpaquePointer) -> ProbeConnection {
        Unmanaged.fromOpaque(SSL_get_ex_data(ssl, 0)).takeUnretainedValue()
    }
}
