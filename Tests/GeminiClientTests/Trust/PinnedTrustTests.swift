import GeminiClient
import GeminiProtocol
import Testing

@Suite("Pins")
struct PinnedTrustTests {
    @Test(
        "GP-170: a pin is recognised in any spelling, of the certificate or of the key",
        arguments: Fingerprint.Spelling.allCases
    )
    func spellings(spelling: Fingerprint.Spelling) async throws {
        let server = try ShownServer()
        let fingerprints = [server.certificate.fingerprint, try #require(server.certificate.publicKeyFingerprint)]
        for fingerprint in fingerprints {
            let policy: any TrustPolicy = .pinned([try Pin("example.org", fingerprint.spelled(spelling))])
            #expect(await policy.judge(try server.shown()) == .trusted)
            let impostor = try ShownServer()
            #expect(await policy.judge(try impostor.shown()) == .refused(.notPinned(impostor.certificate)))
        }
    }

    @Test("GP-171: a pin is for one host and port, and says nothing about others")
    func others() async throws {
        let server = try ShownServer()
        let policy = PinnedTrust([try Pin("example.org:1966", server.certificate.fingerprint.description)])
        #expect(await policy.judge(try server.shown(port: 1966)) == .trusted)
        #expect(await policy.judge(try server.shown(as: "example.org.", port: 1966)) == .trusted)
        #expect(await policy.judge(try server.shown()) == .undecided)
        #expect(await policy.judge(try server.shown(as: "example.net", port: 1966)) == .undecided)
    }

    @Test("Several pins of one server are alternatives")
    func several() async throws {
        let servers = try [ShownServer(), ShownServer()]
        let policy = PinnedTrust(try servers.map { try Pin("example.org", $0.certificate.fingerprint.description) })
        for server in servers {
            #expect(await policy.judge(try server.shown()) == .trusted)
        }
        let bare = ServerPresentation(
            host: try Host("example.org"),
            port: 1965,
            certificates: [],
            time: ShownServer.now
        )
        #expect(await policy.judge(bare) == .refused(.undecided(nil)))
    }

    @Test("Pins are read as people write them")
    func reading() throws {
        let digits = String(repeating: "ab", count: 32)
        #expect(try Pin("Example.ORG", digits).host.description == "example.org")
        #expect(try Pin("example.org", digits).port == 1965)
        #expect(try Pin("[2001:db8::1]:70", digits).port == 70)
        #expect(try Pin("2001:db8::1", digits).host == (try Host("[2001:db8::1]")))
        #expect(throws: PinError.fingerprint("abc")) { try Pin("example.org", "abc") }
        #expect(throws: PinError.server("a b")) { try Pin("a b", digits) }
        #expect(throws: PinError.server("example.org:99999")) { try Pin("example.org:99999", digits) }
    }
}
