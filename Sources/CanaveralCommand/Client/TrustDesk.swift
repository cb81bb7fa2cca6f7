import GeminiClient
import GeminiProtocol

/// Where a person decides about a server that is not the one that was known.
struct TrustDesk {
    let options: ClientOptions

    /// Returns when the person trusts the server from now on.
    func decide(about server: UntrustedServer) async throws(Failure) {
        guard case .changed(let known, let presented) = server.problem else { throw .work("\(server)") }
        Terminal.notice("canaveral: \(Terminal.harmless("\(server)"))")
        // Under the rule of the whole certificate the key may be the same; what differs is what helps to decide.
        if !self.options.strict, let knownKey = known.publicKeyFingerprint, let key = presented.publicKeyFingerprint {
            self.show("known key", knownKey, until: known.notAfter)
            self.show("key now", key, until: presented.notAfter)
        } else {
            self.show("known", known.fingerprint, until: known.notAfter)
            self.show("shown now", presented.fingerprint, until: presented.notAfter)
        }
        let name = "\(server.presentation.host):\(server.presentation.port)"
        let question =
            "Has the owner of \(name) changed it, as you know from elsewhere? Trust it from now on?"
        guard Terminal.isInteractive, await Terminal.confirm(question) else {
            throw .work(
                "Nothing was asked of \(name): if the change is right, answer yes on a terminal, or forget the old "
                    + "certificate with canaveral known-hosts forget \(name)\(self.fileOption)."
            )
        }
        let store = try self.options.knownHostsStore()
        try await Failure.storing { () async throws(StorageError) in
            try await store.accept(presented, host: server.presentation.host, port: server.presentation.port)
        }
    }

    private var fileOption: String {
        self.options.knownHosts.map { " --known-hosts \($0)" } ?? ""
    }

    private func show(_ label: String, _ fingerprint: Fingerprint?, until end: Timestamp?) {
        let validity = end.map { ", valid until \($0)" } ?? ""
        Terminal.notice("  \(label.padded(to: 10)) \(fingerprint?.description ?? "unknown")\(validity)")
    }
}
