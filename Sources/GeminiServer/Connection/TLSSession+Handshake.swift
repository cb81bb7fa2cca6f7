import GeminiProtocol
import GeminiTLS
import NIOSSL

extension TLSSession {
    /// Reads the session off the handlers of a connection whose handshake is done. On its event loop.
    init?(_ handshake: TLSHandshakeHandler) {
        guard let version = handshake.tls?.tlsVersion else { return nil }
        self.init(
            version: version == .tlsv13 ? .v1_3 : .v1_2,
            cipherSuite: handshake.cipherSuite.map(CipherSuite.init(code:)),
            serverName: handshake.serverName
        )
    }
}
