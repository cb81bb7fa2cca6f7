import GeminiClient
import GeminiProtocol

/// Where a person decides which certificate a server is shown; nothing is made or shown by itself (GP-155).
struct IdentityDesk {
    let options: ClientOptions

    /// Returns when an identity is to be shown that was not before.
    func choose(for request: CertificateRequest) async throws(Failure) {
        guard request.reason == .required, request.identity == nil, self.options.identity == nil,
            let scope = IdentityScope(request.scope), Terminal.isInteractive
        else {
            guard request.reason == .required && request.identity == nil else {
                throw .answer(.clientCertificate, "\(request)")
            }
            let says = request.serverMessage.map { " (the server says: \($0))" } ?? ""
            throw .answer(
                .clientCertificate,
                "\(request.url) needs a client certificate\(says): choose one with --identity NAME; "
                    + "canaveral identity new NAME makes one."
            )
        }
        Terminal.notice(Terminal.harmless("\(request)"))
        let store = try IdentityStore.ofUser()
        let known = try await Failure.storing { () async throws(StorageError) in try await store.all() }
        let names = known.map { "\($0.identity.commonName ?? "(without a name)"), \($0.identity.fingerprint)" }
        guard
            let choice = await Terminal.choose(
                "Which certificate is to be shown at \(scope) and below from now on (none: Enter)?",
                among: names + ["a new one"]
            )
        else { throw .answer(.clientCertificate, "No certificate was shown.") }
        let name = choice < known.count ? nil : try await self.askName()
        try await Failure.storing { () async throws(StorageError) in
            let identity =
                if let name { try await store.make(name: name) } else { known[choice].identity }
            try await store.activate(identity, at: scope)
        }
    }

    private func askName() async throws(Failure) -> String {
        guard let name = await Terminal.ask("A name for it, which servers may show to others:"), !name.isEmpty else {
            throw .answer(.clientCertificate, "No certificate was made: it needs a name.")
        }
        try await IdentityStore.ofUser().checkFree(name)
        return name
    }
}
