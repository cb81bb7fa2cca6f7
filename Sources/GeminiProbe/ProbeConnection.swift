import CNIOBoringSSL

/// A client connection that does exactly what it is told, and tells exactly what the server does.
///
/// Not NIOSSL, whose client cannot resume sessions, always ends with close_notify, cannot close one direction at a
/// time, and does not tell an alert, a FIN and a RST apart. For a program that judges servers or counts what they
/// cost, these are the questions.
///
/// Calls wait: use a connection on one thread that may wait (``onThread(_:)``). Every call has a deadline and none
/// outlives it.
///
/// ```swift
/// let connection = try ProbeConnection(to: address, deadline: .after(.seconds(5)))
/// try connection.startTLS(TLSContext(), serverName: "example.org", deadline: .after(.seconds(5)))
/// try connection.send(Array("gemini://example.org/\r\n".utf8), deadline: .after(.seconds(5)))
/// while case .bytes(let bytes) = connection.next(deadline: .after(.seconds(5))) { … }
/// ```
package final class ProbeConnection {
    /// What the server did.
    package enum Event: Sendable, Hashable {
        case bytes([UInt8])
        /// It ended its side of TLS in order. What follows on the wire comes with the calls after this.
        case closeNotify
        case alert(TLSAlert)
        /// It sent what TLS does not allow; the library's words for it.
        case garbage(String)
        /// FIN.
        case finished
        /// RST.
        case reset
        /// Nothing until the deadline.
        case silence
    }

    package let address: NetworkAddress

    /// The sessions that the server has given out so far; those of TLS 1.3 come after the handshake.
    package private(set) var sessions: [ResumableSession] = []

    /// Whether the server asked for a certificate in the handshake.
    package private(set) var requestsCertificate = false

    /// How many certificate authorities it named then, for clients to choose by.
    package private(set) var namedAuthorities = 0

    /// How many bytes of TLS, or of whatever the server spoke, have come.
    package private(set) var receivedOnWire = 0

    let socket: Socket
    var ssl: OpaquePointer?
    private var tlsHasEnded = false
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32_768, alignment: 16)

    /// Connects without TLS.
    ///
    /// - Throws: ``ProbeError/unreachable(reason:)``.
    package init(
        to address: NetworkAddress,
        receiveBuffer: Int? = nil,
        deadline: Deadline
    ) throws(ProbeError) {
        self.address = address
        self.socket = try Socket(to: address, receiveBuffer: receiveBuffer, deadline: deadline)
    }

    deinit {
        if let ssl = self.ssl { SSL_free(ssl) }
        self.buffer.deallocate()
    }

    /// Sends all of the bytes, in TLS where that was started; what is sent at once leaves as few packets as it can.
    package func send(_ bytes: some Collection<UInt8>, deadline: Deadline) throws(ProbeError) {
        let bytes = ContiguousArray(bytes)
        guard let ssl = self.ssl, !bytes.isEmpty else {
            try self.sendOnWire(bytes, deadline: deadline)
            return
        }
        ErrorQueue.clear()
        let written = bytes.withUnsafeBytes { SSL_write(ssl, $0.baseAddress, CInt($0.count)) }
        guard written == bytes.count else { throw ErrorQueue.takeError() }
        try self.flush(deadline: deadline)
    }

    /// Sends bytes below TLS.
    package func sendOnWire(_ bytes: some Collection<UInt8>, deadline: Deadline) throws(ProbeError) {
        let bytes = ContiguousArray(bytes)
        let result: Result<Void, ProbeError> = bytes.withUnsafeBytes { buffer in
            do throws(ProbeError) {
                return .success(try self.socket.send(buffer, deadline: deadline))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Sends close_notify; the server can go on sending.
    package func sendCloseNotify(deadline: Deadline) throws(ProbeError) {
        guard let ssl = self.ssl else { return }
        SSL_shutdown(ssl)
        ErrorQueue.clear()
        try self.flush(deadline: deadline)
    }

    /// Sends FIN; the server can go on sending.
    package func finish() {
        self.socket.finish()
    }

    /// Has the connection end with RST instead of FIN when it goes.
    package func resetWhenDone() {
        self.socket.resetOnClose()
    }

    /// Waits for what the server does next.
    package func next(deadline: Deadline) -> Event {
        guard let ssl = self.ssl, !self.tlsHasEnded else { return self.nextOnWire(deadline: deadline) }
        while true {
            ErrorQueue.clear()
            let count = SSL_read(ssl, self.buffer.baseAddress, CInt(self.buffer.count))
            if count > 0 { return .bytes(Array(self.buffer.prefix(Int(count)))) }
            switch SSL_get_error(ssl, count) {
            case SSL_ERROR_WANT_READ:
                // An answer to the server's KeyUpdate, perhaps. If nobody takes it, reading says why.
                try? self.flush(deadline: deadline)
                switch self.fill(ssl, deadline: deadline) {
                case .bytes: continue
                case .finished: return .finished
                case .reset: return .reset
                case .silence: return .silence
                }
            case SSL_ERROR_ZERO_RETURN:
                self.tlsHasEnded = true
                return .closeNotify
            default:
                self.tlsHasEnded = true
                switch ErrorQueue.takeError() {
                case .alert(let alert): return .alert(alert)
                case let error: return .garbage("\(error)")
                }
            }
        }
    }

    private func nextOnWire(deadline: Deadline) -> Event {
        switch self.socket.receive(into: self.buffer, deadline: deadline) {
        case .bytes(let count):
            self.receivedOnWire += count
            return .bytes(Array(self.buffer.prefix(count)))
        case .finished: return .finished
        case .reset: return .reset
        case .silence: return .silence
        }
    }

    /// Moves what comes to where TLS reads.
    func fill(_ ssl: OpaquePointer, deadline: Deadline) -> Socket.Arrival {
        let arrival = self.socket.receive(into: self.buffer, deadline: deadline)
        if case .bytes(let count) = arrival {
            self.receivedOnWire += count
            BIO_write(SSL_get_rbio(ssl), self.buffer.baseAddress, CInt(count))
        }
        return arrival
    }

    /// Sends what TLS has written.
    func flush(deadline: Deadline) throws(ProbeError) {
        guard let ssl = self.ssl, let output = SSL_get_wbio(ssl) else { return }
        var bytes: UnsafePointer<UInt8>?
        var count = 0
        guard BIO_mem_contents(output, &bytes, &count) == 1, count > 0 else { return }
        try self.socket.send(UnsafeRawBufferPointer(start: bytes, count: count), deadline: deadline)
        BIO_reset(output)
    }

    func keep(_ session: ResumableSession) {
        self.sessions.append(session)
    }

    func certificateWasRequested(namingAuthorities count: Int) {
        self.requestsCertificate = true
        self.namedAuthorities = count
    }
}
