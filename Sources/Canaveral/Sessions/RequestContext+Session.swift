import GeminiProtocol
import GeminiServer

extension RequestContext {
    /// What is remembered about the visitor by the public key of their certificate.
    ///
    /// - Parameters:
    ///   - initial: the value before the first change.
    ///   - name: tells the sessions of a visitor apart; without one it is the name of the value's type.
    ///   - idle: how long the value stays after it was last used.
    /// - Throws: an answer: 60 for a visitor without a certificate, 62 where its key cannot be read.
    public func session<Value: Codable & Sendable>(
        initial: Value,
        name: String = "\(Value.self)",
        idle: Duration = .seconds(30 * 86400)
    ) throws -> Session<Value> {
        guard let certificate = self.clientCertificate else { throw SessionRefusal.noCertificate }
        guard let key = certificate.publicKeyFingerprint else { throw SessionRefusal.unreadableKey }
        return Session(initial: initial, name: name, idle: idle, of: key, in: self.core)
    }
}
