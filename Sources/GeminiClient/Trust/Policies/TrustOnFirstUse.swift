/// Trusts a server that nobody knows yet, and from then on only that one (GP-171 to GP-173, GP-175).
///
/// A self-signed certificate is as good as any. When a server shows another key while the certificate that is known is
/// still valid, it is refused as ``TrustProblem/changed(known:presented:)``; after that one's expiry the new one takes
/// its place.
public struct TrustOnFirstUse: TrustPolicy {
    /// Where the servers are remembered.
    public let knownHosts: KnownHosts
    /// By what they are recognised.
    public let match: KnownHost.Match

    public init(_ knownHosts: KnownHosts, matching match: KnownHost.Match = .publicKey) {
        self.knownHosts = knownHosts
        self.match = match
    }

    public var keepsRecords: Bool { true }

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        guard let certificate = server.certificate else { return .undecided }
        let candidate = KnownHost(certificate, host: server.host, port: server.port)
        do throws(StorageError) {
            switch try await self.knownHosts.meet(candidate, by: self.match, at: server.time) {
            case .first, .same, .renewed, .succeeded:
                return .trusted
            case .changed(let known):
                return .refused(.changed(known: known, presented: certificate))
            case .damaged(let line):
                let error = StorageError.damagedLine(path: self.knownHosts.path ?? "the known hosts", line: line)
                return .refused(.unreadableKnownHosts(reason: error.description))
            }
        } catch {
            return .refused(.unreadableKnownHosts(reason: error.description))
        }
    }
}

extension TrustPolicy where Self == TrustOnFirstUse {
    /// Trust on first use by public key, as Lagrange and Amfora do it: a renewal with the same key passes unseen.
    public static func trustOnFirstUse(_ knownHosts: KnownHosts) -> TrustOnFirstUse {
        TrustOnFirstUse(knownHosts, matching: .publicKey)
    }

    /// Trust on first use by the whole certificate: every renewal before the expiry is refused until a human says yes.
    public static func strict(_ knownHosts: KnownHosts) -> TrustOnFirstUse {
        TrustOnFirstUse(knownHosts, matching: .certificate)
    }
}
