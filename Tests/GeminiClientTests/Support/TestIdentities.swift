import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers

@testable import GeminiClient

/// Identities by the beginning of the URLs that they are for; remembers for what it was asked.
final class TestIdentities: IdentityProvider {
    private let asked = NIOLockedValueBox<[String]>([])
    private let identities: [(prefix: String, identity: ClientIdentity)]

    init(_ identities: [(prefix: String, identity: ClientIdentity)]) {
        self.identities = identities
    }

    var urls: [String] { self.asked.withLockedValue { $0 } }

    func identity(for url: GeminiURL) async throws -> ClientIdentity? {
        self.asked.withLockedValue { $0.append(url.description) }
        return self.identities.first { url.description.hasPrefix($0.prefix) }?.identity
    }
}

extension ClientIdentity {
    static func test(_ name: String = "visitor") throws -> ClientIdentity {
        ClientIdentity(try Identity.generate(names: [], commonName: name, purpose: .client, at: .now))
    }
}
