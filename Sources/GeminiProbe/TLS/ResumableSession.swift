import CNIOBoringSSL

/// A session that a server gave out, to be offered on a later connection.
///
/// Unchecked: an `SSL_SESSION` does not change once its connection has given it out, and its count of references is
/// atomic.
package final class ResumableSession: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over a reference.
    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        SSL_SESSION_free(self.pointer)
    }

    /// For how long the server says that it can be offered.
    package var lifetime: Duration {
        .seconds(Int64(SSL_SESSION_get_timeout(self.pointer)))
    }

    /// Whether the server takes data before the handshake has ended (0-RTT), which can be replayed (GP-161).
    package var allowsEarlyData: Bool {
        SSL_SESSION_early_data_capable(self.pointer) == 1
    }
}
