import ArgumentParser
import GeminiClient
import GeminiProtocol

/// How a command asks other servers.
struct ClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Show this identity: its name in the identity store, or a PEM file with certificate and key.",
            valueName: "name"
        )
    )
    var identity: String?

    @Flag(help: "Take any server certificate, and remember none.")
    var insecure = false

    @Flag(help: "Trust a server only as long as its whole certificate is the same, not only its key.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Where the servers met so far are remembered (default: ~/.local/share/canaveral/known_hosts).",
            valueName: "file"
        )
    )
    var knownHosts: String?

    @Option(help: ArgumentHelp("Ask this server to relay the request.", valueName: "host[:port]"))
    var proxy: String?

    @Option(
        help: ArgumentHelp(
            "Connect there instead of to the URL's host, as to try it before its name is known. What is asked, by which name and whom is trusted stay as they are.",
            valueName: "address[:port]"
        ),
        transform: { try ConnectAddress($0) }
    )
    var connect: ConnectAddress?

    @Option(help: ArgumentHelp("How long the server may send nothing.", valueName: "seconds"))
    var timeout = 30.0

    func validate() throws {
        guard self.connect == nil || self.proxy == nil else {
            throw ValidationError("--connect and --proxy exclude each other.")
        }
        guard self.timeout > 0, self.timeout <= 1_000_000 else {
            throw ValidationError("--timeout takes a number of seconds above 0.")
        }
        if let proxy, Self.proxyServer(proxy) == nil {
            throw ValidationError(
                "“\(Terminal.harmless(proxy))” is no server: one such as proxy.example.org:1965 is meant."
            )
        }
    }

    /// A client for a page and what belongs to it.
    func client(for url: GeminiURL) async throws(Failure) -> GeminiClient {
        var configuration = ClientConfiguration(
            trust: try self.trust(),
            identities: try await self.identities(for: url)
        )
        for limits in [\ClientConfiguration.limits, \.streamLimits] {
            configuration[keyPath: limits].stallTimeout = .seconds(self.timeout)
            configuration[keyPath: limits].headerTimeout = .seconds(self.timeout)
            configuration[keyPath: limits].connectTimeout = min(.seconds(self.timeout), .seconds(10))
        }
        configuration.confirmIdentityInClear = { _, server in
            // Whoever chose the identity for this server goes on; the handshake would not wait for a question.
            Terminal.notice(
                "canaveral: \(server.host) speaks TLS 1.2 only, in which your certificate can be read on the way."
            )
            return true
        }
        configuration.redirectTrail = RedirectTrail()
        configuration.proxy = self.proxy.flatMap(Self.proxyServer)
        // An upload is asked for by titan, whatever the scheme of the URL that a person gave.
        configuration.proxy?.schemes.formUnion([url.scheme, "titan"])
        configuration.detour = self.connect.map { place in
            Detour(
                from: url.host,
                port: url.effectivePort ?? GeminiURL.defaultPort,
                to: place.host,
                port: place.port
            )
        }
        return GeminiClient(configuration)
    }

    /// The servers met so far.
    func knownHostsStore() throws(Failure) -> KnownHosts {
        if let knownHosts { return KnownHosts(path: knownHosts) }
        do throws(StorageError) {
            return try KnownHosts.standard()
        } catch {
            throw .work("\(error)")
        }
    }

    private func trust() throws(Failure) -> any TrustPolicy {
        if self.insecure { return .none }
        return TrustOnFirstUse(try self.knownHostsStore(), matching: self.strict ? .certificate : .publicKey)
    }

    /// The identities that were made active, or the one that was named, which is shown to the whole host of the URL.
    private func identities(for url: GeminiURL) async throws(Failure) -> (any IdentityProvider)? {
        // Who has no place to keep identities has none that could be shown.
        guard let name = self.identity else { return try? IdentityStore.ofUser() }
        let store = try IdentityStore.ofUser()
        let scope =
            self.proxy.flatMap(Self.proxyServer).map { ($0.host, $0.port) }
            ?? (url.host, url.effectivePort ?? GeminiURL.defaultPort)
        do {
            return ScopedIdentity(
                try await store.identity(named: name),
                in: try IdentityScope(host: scope.0, port: scope.1)
            )
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .work("\(error)")
        }
    }

    /// An address as a person types it.
    static func url(_ text: String) throws(Failure) -> GeminiURL {
        // `example.org:1965/x` would read as a scheme; only what is followed by slashes is one here.
        let text = text.contains("://") ? text : "gemini://\(text)"
        do throws(URIError) {
            return try GeminiURL(lenient: text)
        } catch {
            throw .usage("“\(text)” is no address of a page: \(error)")
        }
    }

    private static func proxyServer(_ text: String) -> ProxyServer? {
        guard let url = try? GeminiURL("gemini://\(text)"), url.path.isEmpty || url.path == "/" else { return nil }
        return ProxyServer(host: url.host, port: url.port ?? GeminiURL.defaultPort)
    }
}
