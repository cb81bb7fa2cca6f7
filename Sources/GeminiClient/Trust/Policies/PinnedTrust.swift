import GeminiProtocol

/// Trusts the servers that are pinned when they show one of their fingerprints, refuses them when they show none, and
/// has nothing to say about others.
public struct PinnedTrust: TrustPolicy {
    private struct Server: Hashable {
        let host: Host
        let port: UInt16
    }

    private let fingerprints: [Server: Set<Fingerprint>]

    /// - Parameter pins: several for one server are alternatives, as for a change of keys that is announced.
    public init(_ pins: [Pin]) {
        var fingerprints: [Server: Set<Fingerprint>] = [:]
        for pin in pins {
            fingerprints[Server(host: pin.host.withoutTrailingDot, port: pin.port), default: []].insert(pin.fingerprint)
        }
        self.fingerprints = fingerprints
    }

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        guard let pinned = self.fingerprints[Server(host: server.host.withoutTrailingDot, port: server.port)] else {
            return .undecided
        }
        guard let certificate = server.certificate else { return .refused(.undecided(nil)) }
        let shown = [certificate.fingerprint, certificate.publicKeyFingerprint].compactMap(\.self)
        return pinned.isDisjoint(with: shown) ? .refused(.notPinned(certificate)) : .trusted
    }
}

extension TrustPolicy where Self == PinnedTrust {
    /// Trusts these servers by these fingerprints and no others; says nothing about other servers.
    public static func pinned(_ pins: [Pin]) -> PinnedTrust {
        PinnedTrust(pins)
    }
}
