import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
package import NIOSSL

/// One client's connection with a ``ScriptedServer``.
package final class ScriptedVisit: Sendable {
    private struct State {
        var requestLine: String?
        var serverName: String?
        var certificate: NIOSSLCertificate?
        var handshake: Result<Void, any Error>?
        var script: Task<Void, Never>?
    }

    /// Which of the server's connections it is, from 0.
    package let number: Int

    /// The connection, to send, to close in every manner, and to read what the client sent.
    package let connection: TestConnection

    private let collector: Collector
    private let handshake: NIOLoopBound<TLSHandshakeHandler>?
    private let state = NIOLockedValueBox(State())

    init(on channel: any Channel, contexts: TLSContexts?, number: Int, stopsReadingAt limit: Int?) throws {
        let collector = Collector()
        let wire = WireTap()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(wire.handler(pieceSize: nil))
        let handshake = contexts.map { TLSHandshakeHandler(contexts: $0) }
        if let handshake { try pipeline.addHandler(handshake) }
        try pipeline.addHandler(collector.handler(stopsReadingAt: limit))
        self.number = number
        self.collector = collector
        let bound = handshake.map { NIOLoopBound($0, eventLoop: channel.eventLoop) }
        self.handshake = bound
        self.connection = TestConnection(channel: channel, wire: wire, collector: collector, tls: { bound?.value.tls })
    }

    // MARK: What the client did

    /// The request line without its CRLF, once the script has asked for it.
    package var requestLine: String? { self.state.withLockedValue { $0.requestLine } }

    /// The host name of the client's SNI, once the handshake is done.
    package var serverName: String? { self.state.withLockedValue { $0.serverName } }

    /// The client's certificate, once the handshake is done.
    package var certificate: NIOSSLCertificate? { self.state.withLockedValue { $0.certificate } }

    /// How the handshake ended, if it has.
    package var isHandshakeDone: Bool? {
        self.state.withLockedValue { state in
            switch state.handshake {
            case .success: true
            case .failure: false
            case nil: nil
            }
        }
    }

    /// Everything that the client has sent within TLS, and whether it ended with close_notify.
    package var received: TestConnection.Transcript { self.connection.transcript }

    // MARK: What a script does

    /// Waits for the request line.
    ///
    /// - Throws: ``NoRequest`` when the client leaves before.
    @discardableResult
    package func request() async throws -> String {
        while true {
            let bytes = self.received.bytes
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: bytes[..<end], as: UTF8.self)
                let text = line.hasSuffix("\r") ? String(line.unicodeScalars.dropLast()) : line
                self.state.withLockedValue { $0.requestLine = text }
                return text
            }
            let transcript = try await self.connection.read(atLeast: bytes.count + 1)
            if transcript.ended, !transcript.bytes.contains(UInt8(ascii: "\n")) { throw NoRequest() }
        }
    }

    package struct NoRequest: Error {}

    package func send(_ text: String) async throws {
        try await self.connection.send(text)
    }

    /// Takes the request, sends a response and ends as the protocol says: close_notify, FIN.
    package func answer(_ response: String) async throws {
        try await self.request()
        try await self.connection.send(response)
        try await self.connection.closeOutput()
    }

    /// Waits for the client to leave.
    ///
    /// - Returns: what it sent, and whether it said goodbye.
    @discardableResult
    package func clientLeft() async throws -> TestConnection.Transcript {
        try await self.connection.readToEnd()
    }

    // MARK: The server

    func run(_ script: @escaping ScriptedServer.Script) {
        let task = Task {
            if self.handshake != nil {
                do {
                    try await self.collector.handshake(on: self.connection.channel.eventLoop).get()
                    try await self.noteHandshake()
                    self.state.withLockedValue { $0.handshake = .success(()) }
                } catch {
                    self.state.withLockedValue { $0.handshake = .failure(error) }
                    await self.connection.drop()
                    return
                }
            }
            try? await script(self)
            // A client that leaves is let go.
            _ = try? await self.connection.readToEnd()
            try? await self.connection.closeOutput()
        }
        self.state.withLockedValue { $0.script = task }
    }

    private func noteHandshake() async throws {
        let handshake = self.handshake
        let state = self.state
        try await self.connection.channel.eventLoop.submit {
            let name = handshake?.value.serverName
            let certificate = handshake?.value.tls?.peerCertificate
            state.withLockedValue {
                $0.serverName = name
                $0.certificate = certificate
            }
        }.get()
    }

    func end() async {
        let script = self.state.withLockedValue { $0.script }
        script?.cancel()
        await self.connection.drop()
        await script?.value
    }
}
