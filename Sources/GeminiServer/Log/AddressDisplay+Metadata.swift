import GeminiProtocol
import GeminiTLS
import Logging
import NIOCore

extension AddressDisplay {
    /// What the server's log says beside a message that is about a client.
    func metadata(of address: SocketAddress?) -> Logger.Metadata {
        guard let address, let text = self.text(of: address, at: .now) else { return [:] }
        return ["gemini.remote-address": "\(text)"]
    }
}
