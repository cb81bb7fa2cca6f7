import CNIOBoringSSL

/// The client's end of a TLS connection that never blocks. Not thread-safe.
@safe final class TLSConnection {
    private let connection: OpaquePointer
    private let transport: SocketTransport

    init(takingOwnershipOf connection: OpaquePointer, over transport: SocketTransport) {
        unsafe self.connection = unsafe connection
        self.transport = transport
        // The connection takes over one reference if both directions are the same, and releases it when it is freed.
        unsafe BIO_up_ref(transport.bio)
        unsafe SSL_set_bio(connection, transport.bio, transport.bio)
    }

    deinit {
        unsafe SSL_free(self.connection)
    }

    /// Goes on with the handshake.
    func handshake() -> IOResult {
        let result = unsafe SSL_do_handshake(self.connection)
        return result == 1 ? .done : self.outcome(of: result)
    }

    /// Sends the whole request; until that is done, it has to be called again with the same bytes.
    func send(_ bytes: [UInt8]) -> IOResult {
        let result = unsafe bytes.withUnsafeBytes { unsafe SSL_write(self.connection, $0.baseAddress, CInt($0.count)) }
        return result > 0 ? .done : self.outcome(of: result)
    }

    /// Receives what is there into the start of a buffer.
    func receive(into buffer: inout [UInt8]) -> IOResult {
        let result = unsafe buffer.withUnsafeMutableBytes {
            unsafe SSL_read(self.connection, $0.baseAddress, CInt($0.count))
        }
        return result > 0 ? .received(Int(result)) : self.outcome(of: result)
    }

    /// Says goodbye. Whether that arrives is not waited for.
    func close() {
        _ = unsafe SSL_shutdown(self.connection)
    }

    /// Whether a ticket took the place of a full handshake.
    var isResumed: Bool {
        unsafe SSL_session_reused(self.connection) == 1
    }

    private func outcome(of result: CInt) -> IOResult {
        switch unsafe SSL_get_error(self.connection, result) {
        case SSL_ERROR_WANT_READ:
            return .wantsRead
        case SSL_ERROR_WANT_WRITE:
            return .wantsWrite
        case SSL_ERROR_ZERO_RETURN:
            return .ended
        case SSL_ERROR_SYSCALL:
            ERR_clear_error()
            return self.transport.lastError == 0
                ? .cut : .failed(Failure(SystemError(errno: self.transport.lastError)))
        default:
            let code = ERR_get_error()
            ERR_clear_error()
            let reason = unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) }
            return .failed(Failure(.tls, reason.map { Self.words(for: $0) } ?? "TLS failed"))
        }
    }

    /// The library's reason, such as `NO_SHARED_CIPHER`, for a reader.
    private static func words(for reason: String) -> String {
        switch reason {
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST": "What answers there speaks no TLS"
        default: "TLS failed: " + reason.lowercased().map { $0 == "_" ? " " : String($0) }.joined()
        }
    }
}
