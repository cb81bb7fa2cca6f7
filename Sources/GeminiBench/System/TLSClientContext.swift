import CNIOBoringSSL

/// What the TLS connections of one thread share: how they greet, and the session to resume. Not thread-safe.
///
/// The handshake is that of common clients: X25519 or P-256, no post-quantum share, AES-128-GCM before the other suites
/// of TLS 1.3, and the server's signature is verified. What the certificate says is not: a load generator trusts whom it
/// is told to load. Certificates stay in DER, since nobody looks at them.
@safe final class TLSClientContext {
    private let context: OpaquePointer
    private let serverName: String?
    private let resumesSessions: Bool
    private var session: OpaquePointer?

    /// - Parameters:
    ///   - serverName: what the server is to be called in the greeting, nil for none.
    ///   - resumesSessions: whether each connection offers the last ticket that the server gave.
    init(serverName: String?, resumesSessions: Bool, maximumVersion: TLSVersion) {
        guard let context = unsafe SSL_CTX_new(TLS_with_buffers_method()) else {
            preconditionFailure("No memory for TLS")
        }
        unsafe self.context = unsafe context
        self.serverName = serverName
        self.resumesSessions = resumesSessions
        unsafe SSL_CTX_set_min_proto_version(context, UInt16(TLS1_2_VERSION))
        unsafe SSL_CTX_set_max_proto_version(
            context,
            UInt16(maximumVersion == .tls12 ? TLS1_2_VERSION : TLS1_3_VERSION)
        )
        unsafe SSL_CTX_set1_groups_list(context, "X25519:P-256")
        unsafe SSL_CTX_set_custom_verify(context, SSL_VERIFY_PEER) { _, _ in ssl_verify_ok }
        // A pipe that took half a record is offered the rest from wherever the bytes are then.
        unsafe SSL_CTX_set_mode(context, UInt32(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        if resumesSessions {
            unsafe SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL)
            // The context outlives its connections, and with them every call of the closure.
            unsafe SSL_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(self).toOpaque())
            unsafe SSL_CTX_sess_set_new_cb(context) { connection, session in
                guard let context = unsafe SSL_get_SSL_CTX(connection),
                    let data = unsafe SSL_CTX_get_ex_data(context, 0)
                else { return 0 }
                unsafe Unmanaged<TLSClientContext>.fromOpaque(data).takeUnretainedValue().keep(session)
                return 1
            }
        }
    }

    deinit {
        unsafe SSL_SESSION_free(self.session)
        unsafe SSL_CTX_free(self.context)
    }

    /// Takes over a ticket. The connection that is to offer one gets the latest.
    private func keep(_ session: OpaquePointer?) {
        unsafe SSL_SESSION_free(self.session)
        unsafe self.session = unsafe session
    }

    /// A connection over a transport, which has said nothing yet.
    func connection(over transport: SocketTransport) -> TLSConnection {
        guard let connection = unsafe SSL_new(self.context) else { preconditionFailure("No memory for TLS") }
        unsafe SSL_set_connect_state(connection)
        if let serverName {
            unsafe SSL_set_tlsext_host_name(connection, serverName)
        }
        if let session = unsafe self.session {
            unsafe SSL_set_session(connection, session)
        }
        return unsafe TLSConnection(takingOwnershipOf: connection, over: transport)
    }
}
