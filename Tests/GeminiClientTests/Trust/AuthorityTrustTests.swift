import GeminiClient
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

@Suite("Authorities")
struct AuthorityTrustTests {
    private func shown(_ chain: [[UInt8]], as host: String = "example.org") throws -> ServerPresentation {
        ServerPresentation(
            host: try Host(host),
            port: 1965,
            certificates: chain.map { ServerCertificate(der: $0) },
            time: .now
        )
    }

    private func policy(_ roots: TestAuthority...) -> AuthorityTrust {
        AuthorityTrust(TrustRoots(roots.map { ServerCertificate(der: $0.der) }))
    }

    @Test("GP-170: a certificate of a trusted root passes, with the certificates between them in any order")
    func trusted() async throws {
        let root = try TestAuthority()
        let between = try root.authority()
        let leaf = try between.certificate(for: ["example.org", "*.example.net"])
        let direct = try root.certificate(for: ["example.org"])
        let policy = self.policy(try TestAuthority("Another"), root)
        #expect(await policy.judge(try self.shown([direct])) == .trusted)
        #expect(await policy.judge(try self.shown([leaf, between.der])) == .trusted)
        #expect(await policy.judge(try self.shown([leaf, root.der, between.der, direct])) == .trusted)
        #expect(await policy.judge(try self.shown([leaf, between.der], as: "a.example.net")) == .trusted)
        #expect(await policy.judge(try self.shown([leaf, between.der], as: "EXAMPLE.org.")) == .trusted)
    }

    @Test("GP-170: what no trusted root vouches for is refused")
    func untrusted() async throws {
        let root = try TestAuthority()
        let between = try root.authority()
        let leaf = try between.certificate(for: ["example.org"])
        let direct = try root.certificate(for: ["example.org"])
        let impostor = try TestAuthority().certificate(for: ["example.org"])
        let selfSigned = try ShownServer().identity.leaf.der
        for chain in [[leaf], [impostor], [impostor, root.der], [selfSigned], [selfSigned, direct]] {
            guard
                case .refused(.noAuthority(let certificate, let reason)) = await self.policy(root).judge(
                    try self.shown(chain)
                )
            else {
                Issue.record("a chain of \(chain.count) passed")
                continue
            }
            #expect(certificate.der == chain[0] && !reason.isEmpty)
        }
        guard case .refused(.noAuthority) = await self.policy().judge(try self.shown([direct])) else {
            Issue.record("without roots it passed")
            return
        }
    }

    @Test("A server's certificate cannot vouch for another server")
    func serverAsAuthority() async throws {
        let root = try TestAuthority()
        let server = try Identity.generate(names: ["evil.example"], at: .now)
        // Issued to the name of the root, signed by somebody else.
        let fake = try TestAuthority()
        let leaf = try fake.certificate(for: ["example.org"])
        for chain in [[leaf, server.leaf.der, root.der], [leaf, fake.der, root.der]] {
            guard case .refused(.noAuthority) = await self.policy(root).judge(try self.shown(chain)) else {
                Issue.record("a false chain passed")
                continue
            }
        }
    }

    @Test("Name, time and purpose are checked, each with its own problem")
    func requirements() async throws {
        let root = try TestAuthority()
        let policy = self.policy(root)
        let leaf = try root.certificate(for: ["example.org"])
        guard case .refused(.otherName) = await policy.judge(try self.shown([leaf], as: "www.example.org")) else {
            Issue.record("another name passed")
            return
        }
        for validity in [-7200.0 ... -3600, 3600...7200] {
            let leaf = try root.certificate(for: ["example.org"], validFor: validity)
            guard case .refused(.notValid) = await policy.judge(try self.shown([leaf])) else {
                Issue.record("a certificate passed outside its time")
                return
            }
        }
        let client = try root.certificate(for: ["example.org"], isForServers: false)
        guard case .refused(.noAuthority) = await policy.judge(try self.shown([client])) else {
            Issue.record("a visitor's certificate passed")
            return
        }
        let expired = try TestAuthority(validFor: -86_400 ... -3600)
        let late = try expired.certificate(for: ["example.org"])
        guard case .refused(.noAuthority) = await self.policy(expired).judge(try self.shown([late])) else {
            Issue.record("an expired root vouched")
            return
        }
        #expect(await policy.judge(try self.shown([])) == .undecided)
    }

    @Test("GP-170: an authority's word, else trust on first use")
    func besideFirstUse() async throws {
        let knownHosts = KnownHosts()
        let root = try TestAuthority()
        let policy: any TrustPolicy = .any(self.policy(root), .trustOnFirstUse(knownHosts))
        #expect(await policy.judge(try self.shown([try root.certificate(for: ["example.org"])])) == .trusted)
        #expect(try await knownHosts.all() == [])
        #expect(await policy.judge(try ShownServer().shown(as: "example.net")) == .trusted)
        #expect(try await knownHosts.all().map(\.host.description) == ["example.net"])
    }

    @Test("Roots come from a file, and the system's are found")
    func roots() async throws {
        let directory = try TemporaryDirectory()
        let identity = try ShownServer().identity
        let path = try directory.write(identity.certificatesPEM + identity.certificatesPEM, to: "roots.pem")
        #expect(try TrustRoots(path: path).certificates.map(\.der) == [identity.leaf.der, identity.leaf.der])
        #expect(throws: TrustRootsError.self) { try TrustRoots(path: directory.path("none.pem")) }
        #expect(throws: TrustRootsError.self) { try TrustRoots(path: try directory.write("text", to: "text")) }
        do {
            let roots = try TrustRoots.system()
            #expect(!roots.certificates.isEmpty)
            guard
                case .refused(.noAuthority) = await AuthorityTrust(roots).judge(
                    try self.shown([try TestAuthority().certificate(for: ["example.org"])])
                )
            else {
                Issue.record("an unknown authority passed")
                return
            }
        } catch TrustRootsError.none {
            // A machine without them.
        }
    }
}
