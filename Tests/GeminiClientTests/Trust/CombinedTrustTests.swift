import GeminiClient
import GeminiProtocol
import Testing

@Suite("Trust policies together")
struct CombinedTrustTests {
    static let trusted = TrustVerdict.trusted
    static let undecided = TrustVerdict.undecided
    static let refused = TrustVerdict.refused(.undecided(nil))
    static let otherwise = TrustVerdict.refused(.unreadableKnownHosts(reason: "other"))

    static let table: [(CombinedTrust.Rule, [TrustVerdict], TrustVerdict)] = [
        (.first, [], undecided),
        (.first, [undecided, undecided], undecided),
        (.first, [undecided, trusted, refused], trusted),
        (.first, [undecided, refused, trusted], refused),
        (.any, [], undecided),
        (.any, [undecided, undecided], undecided),
        (.any, [refused, undecided, trusted], trusted),
        (.any, [undecided, otherwise, refused], otherwise),
        (.any, [refused, undecided], refused),
        (.all, [], undecided),
        (.all, [undecided, undecided], undecided),
        (.all, [undecided, trusted], trusted),
        (.all, [trusted, undecided, refused], refused),
        (.all, [undecided, otherwise, refused], otherwise),
        (.all, [trusted, trusted], trusted),
    ]

    @Test("GP-170: verdicts become one by the rule", arguments: table.indices)
    func verdict(row: Int) async throws {
        let (rule, verdicts, expected) = Self.table[row]
        let policy = CombinedTrust(rule, verdicts.map { FixedTrust($0) })
        #expect(await policy.judge(try ShownServer().shown()) == expected)
    }

    @Test("Those behind a decision are not asked")
    func shortCut() async throws {
        let server = try ShownServer().shown()
        let last = FixedTrust(.trusted)
        _ = await CombinedTrust(.first, [FixedTrust(Self.refused), last]).judge(server)
        _ = await CombinedTrust(.any, [FixedTrust(.trusted), last]).judge(server)
        _ = await CombinedTrust(.all, [FixedTrust(Self.refused), last]).judge(server)
        #expect(last.timesAsked == 0)
    }

    @Test("Of a server that one policy refuses nothing is remembered, wherever the others stand")
    func records() async throws {
        let knownHosts = KnownHosts()
        let expired = try ShownServer(days: 1, at: ShownServer.now - .seconds(10 * 86_400)).shown()
        let policies: [any TrustPolicy] = [
            .all(.trustOnFirstUse(knownHosts), .validInTime),
            .all(.any(.trustOnFirstUse(knownHosts), FixedTrust(Self.undecided)), .validInTime),
            .trustOnFirstUse(knownHosts).requiringValidity(),
            .trustOnFirstUse(knownHosts).requiringName().requiringValidity(),
        ]
        for policy in policies {
            #expect(policy.keepsRecords)
            guard case .refused(.notValid) = await policy.judge(expired) else {
                Issue.record("an expired certificate passed")
                continue
            }
        }
        #expect(try await knownHosts.all() == [])
        #expect(await TrustOnFirstUse(knownHosts).judge(expired) == .trusted, "without the requirement it is enough")
    }

    @Test("GP-170: a policy for everyday use, written as it reads")
    func everyday() async throws {
        let knownHosts = KnownHosts()
        let pinned = try ShownServer()
        let policy: any TrustPolicy = .first(
            .pinned([try Pin("pinned.example", pinned.certificate.fingerprint.spelled(.colons))]),
            .all(.validInTime, .named, .trustOnFirstUse(knownHosts))
        )
        #expect(await policy.judge(try pinned.shown(as: "pinned.example")) == .trusted)
        #expect(await policy.judge(try ShownServer().shown()) == .trusted)
        guard case .refused(.notPinned) = await policy.judge(try ShownServer().shown(as: "pinned.example")),
            case .refused(.otherName) = await policy.judge(try ShownServer().shown(as: "example.net"))
        else {
            Issue.record("somebody else passed")
            return
        }
        #expect(try await knownHosts.all().map(\.host.description) == ["example.org"])
    }

    @Test("GP-170: no verification trusts whoever answers")
    func anyone() async throws {
        let policy: any TrustPolicy = .none
        #expect(await policy.judge(try ShownServer().shown(as: "other.example")) == .trusted)
    }
}
