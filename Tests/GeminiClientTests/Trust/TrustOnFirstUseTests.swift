import GeminiClient
import GeminiProtocol
import TestSupport
import Testing

@Suite("Trust on first use")
struct TrustOnFirstUseTests {
    let knownHosts = KnownHosts()
    let now = ShownServer.now

    @Test("GP-171: the first contact stores fingerprints and expiry under host and port")
    func firstContact() async throws {
        let server = try ShownServer()
        let policy = TrustOnFirstUse(self.knownHosts)
        #expect(await policy.judge(try server.shown()) == .trusted)
        let known = try #require(try await self.knownHosts.lookup(try Host("example.org")))
        #expect(known.fingerprint == server.certificate.fingerprint)
        #expect(known.publicKeyFingerprint == server.certificate.publicKeyFingerprint)
        #expect(known.notAfter == server.certificate.notAfter)
        #expect(known.firstSeen == self.now && known.lastSeen == self.now)
        #expect(try await self.knownHosts.lookup(try Host("example.org"), port: 1966) == nil)

        let other = try ShownServer()
        #expect(await policy.judge(try other.shown(port: 1966)) == .trusted)
        #expect(await policy.judge(try other.shown(as: "example.net")) == .trusted)
        #expect(try await self.knownHosts.all().count == 3)
    }

    @Test("GP-031: a dot at the end of the host makes no other host")
    func trailingDot() async throws {
        let policy = TrustOnFirstUse(self.knownHosts)
        #expect(await policy.judge(try ShownServer().shown(as: "example.org.")) == .trusted)
        guard case .refused(.changed) = await policy.judge(try ShownServer().shown()) else {
            Issue.record("another key passed")
            return
        }
    }

    @Test(
        "GP-172: another key is refused while the known certificate is valid",
        arguments: [KnownHost.Match.publicKey, .certificate]
    )
    func changed(match: KnownHost.Match) async throws {
        let policy = TrustOnFirstUse(self.knownHosts, matching: match)
        let server = try ShownServer()
        _ = await policy.judge(try server.shown())
        let before = try await self.knownHosts.table().text

        let impostor = try ShownServer()
        let verdict = await policy.judge(try impostor.shown())
        let known = try #require(try await self.knownHosts.lookup(try Host("example.org")))
        #expect(verdict == .refused(.changed(known: known, presented: impostor.certificate)))
        #expect(known.fingerprint == server.certificate.fingerprint)
        #expect(try await self.knownHosts.table().text == before)
        #expect(await policy.judge(try server.shown()) == .trusted)
    }

    @Test("GP-172: a human's yes replaces the certificate and keeps the one before in the history")
    func accepted() async throws {
        let host = try Host("example.org")
        let policy = TrustOnFirstUse(self.knownHosts)
        let (server, successor) = (try ShownServer(), try ShownServer())
        _ = await policy.judge(try server.shown())
        try await self.knownHosts.accept(successor.certificate, host: host, at: self.now + .seconds(60))
        #expect(await policy.judge(try successor.shown()) == .trusted)
        let history = try await self.knownHosts.history(of: host)
        #expect(history.map(\.fingerprint) == [server.certificate.fingerprint])
        #expect(history.first?.firstSeen == self.now)
        guard case .refused(.changed) = await policy.judge(try server.shown()) else {
            Issue.record("the earlier certificate passed")
            return
        }
    }

    @Test("GP-173: after the stored expiry a new certificate is accepted, not a second before")
    func expired() async throws {
        let policy = TrustOnFirstUse(self.knownHosts)
        let server = try ShownServer(days: 1)
        let end = try #require(server.certificate.notAfter)
        _ = await policy.judge(try server.shown())
        let successor = try ShownServer()
        guard case .refused(.changed) = await policy.judge(try successor.shown(at: end)) else {
            Issue.record("accepted in the last second of the known certificate")
            return
        }
        #expect(await policy.judge(try successor.shown(at: end + .seconds(1))) == .trusted)
        let host = try Host("example.org")
        #expect(try await self.knownHosts.lookup(host)?.fingerprint == successor.certificate.fingerprint)
        #expect(try await self.knownHosts.history(of: host).map(\.fingerprint) == [server.certificate.fingerprint])
    }

    @Test("GP-173: a host whose expiry nobody knows is not given up")
    func unknownExpiry() async throws {
        var known = try ShownServer().known()
        known.notAfter = nil
        try await self.knownHosts.add([known])
        let later = self.now + .seconds(100 * 365 * 86_400)
        guard case .refused(.changed) = await TrustOnFirstUse(self.knownHosts).judge(try ShownServer().shown(at: later))
        else {
            Issue.record("another key passed")
            return
        }
    }

    @Test("GP-175: a certificate that was renewed with the same key passes, and its expiry is the new one")
    func renewed() async throws {
        let host = try Host("example.org")
        let server = try ShownServer(days: 10)
        let renewed = try server.renewed(days: 900)
        let policy = TrustOnFirstUse(self.knownHosts)
        _ = await policy.judge(try server.shown())
        #expect(await policy.judge(try renewed.shown()) == .trusted)
        let known = try #require(try await self.knownHosts.lookup(host))
        #expect(known.fingerprint == renewed.certificate.fingerprint)
        #expect(known.notAfter == renewed.certificate.notAfter)
        #expect(try await self.knownHosts.history(of: host).map(\.fingerprint) == [server.certificate.fingerprint])
    }

    @Test("GP-175: strict, by the whole certificate, the same renewal is a change")
    func strict() async throws {
        let server = try ShownServer()
        let policy: any TrustPolicy = .strict(self.knownHosts)
        #expect(await policy.judge(try server.shown()) == .trusted)
        guard case .refused(.changed) = await policy.judge(try server.renewed().shown()) else {
            Issue.record("a renewed certificate passed")
            return
        }
        #expect(await policy.judge(try server.shown()) == .trusted)
    }

    @Test("What another program knows is recognised, and completed at the next contact")
    func imported() async throws {
        let host = try Host("example.org")
        let server = try ShownServer()
        let whole = try server.known()
        for path in [\KnownHost.fingerprint, \KnownHost.publicKeyFingerprint] {
            for match in [KnownHost.Match.publicKey, .certificate] {
                let knownHosts = KnownHosts()
                var partial = KnownHost(
                    host: host,
                    port: 1965,
                    fingerprint: nil,
                    publicKeyFingerprint: nil,
                    notAfter: whole.notAfter
                )
                partial[keyPath: path] = whole[keyPath: path]
                try await knownHosts.add([partial])
                let policy = TrustOnFirstUse(knownHosts, matching: match)
                guard case .refused(.changed) = await policy.judge(try ShownServer().shown()) else {
                    Issue.record("another key passed")
                    continue
                }
                #expect(await policy.judge(try server.shown()) == .trusted)
                let known = try #require(try await knownHosts.lookup(host))
                #expect(known.publicKeyFingerprint == whole.publicKeyFingerprint)
                #expect(known.fingerprint == whole.fingerprint && known.sha512 == whole.sha512)
                #expect(known.firstSeen == self.now)
                #expect(try await knownHosts.history(of: host) == [])
            }
        }
    }

    @Test("A host that is known by the SHA-512 of its certificate is recognised by it")
    func importedSHA512() async throws {
        let server = try ShownServer()
        var known = try server.known()
        (known.fingerprint, known.publicKeyFingerprint) = (nil, nil)
        try await self.knownHosts.add([known])
        let policy = TrustOnFirstUse(self.knownHosts)
        guard case .refused(.changed) = await policy.judge(try ShownServer().shown()) else {
            Issue.record("another key passed")
            return
        }
        #expect(await policy.judge(try server.shown()) == .trusted)
        #expect(await policy.judge(try server.renewed().shown()) == .trusted, "the key was learnt")
    }

    @Test("Without a certificate there is nothing to be known by")
    func noCertificate() async throws {
        let empty = ServerPresentation(host: try Host("example.org"), port: 1965, certificates: [], time: self.now)
        #expect(await TrustOnFirstUse(self.knownHosts).judge(empty) == .undecided)
        #expect(try await self.knownHosts.all() == [])
    }

    @Test("The last sighting is noted once a day")
    func sightings() async throws {
        let directory = try TemporaryDirectory()
        let knownHosts = KnownHosts(path: directory.path("known_hosts"))
        let policy = TrustOnFirstUse(knownHosts)
        let server = try ShownServer()
        func lastSeen(after duration: Duration) async throws -> Timestamp? {
            #expect(await policy.judge(try server.shown(at: self.now + duration)) == .trusted)
            return try await knownHosts.lookup(try Host("example.org"))?.lastSeen
        }
        #expect(try await lastSeen(after: .zero) == self.now)
        #expect(try await lastSeen(after: .seconds(86_399)) == self.now)
        #expect(try await lastSeen(after: .seconds(86_400)) == self.now + .seconds(86_400))
    }

    @Test("Of many connections to an unknown host at once with different keys exactly one is trusted", arguments: 0..<5)
    func race(round: Int) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("known_hosts")
        // Two stores of one file, as two processes have.
        let stores = [KnownHosts(path: path), KnownHosts(path: path)]
        let servers = try (0..<8).map { _ in try ShownServer().shown() }
        let verdicts = await withTaskGroup(of: TrustVerdict.self) { group in
            for (index, server) in servers.enumerated() {
                group.addTask { await TrustOnFirstUse(stores[index % 2]).judge(server) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts.count { $0 == .trusted } == 1)
        let known = try #require(try await stores[0].lookup(try Host("example.org")))
        for verdict in verdicts where verdict != .trusted {
            guard case .refused(.changed(known, _)) = verdict else {
                Issue.record("\(verdict)")
                continue
            }
        }
    }

    @Test("Many connections to an unknown host at once with the same key are all trusted")
    func sameKeyRace() async throws {
        let directory = try TemporaryDirectory()
        let knownHosts = KnownHosts(path: directory.path("known_hosts"))
        let server = try ShownServer().shown()
        await withTaskGroup(of: TrustVerdict.self) { group in
            for _ in 0..<16 { group.addTask { await TrustOnFirstUse(knownHosts).judge(server) } }
            for await verdict in group { #expect(verdict == .trusted) }
        }
        #expect(try await knownHosts.all().count == 1)
        #expect(try await knownHosts.history(of: try Host("example.org")) == [])
    }
}
