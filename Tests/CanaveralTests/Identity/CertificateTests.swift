import Canaveral
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Certificates")
struct CertificateTests {
    /// A member as an application knows them.
    private struct MemberContext: ChildContext {
        var core: CoreContext
        let name: String

        init(_ parent: CertificateContext<BasicContext>) throws {
            guard parent.certificate.commonName == "ada" else {
                throw CertificateRefusal.notAuthorized("Ask Ada to be let in")
            }
            self.core = parent.core
            self.name = "Ada \(parent.publicKey.bytes.count)"
        }
    }

    private static func router(allow: AllowedCertificates) throws -> Router<BasicContext> {
        try Router { routes in
            routes.page("/") { context in .text(context.clientCertificate?.commonName ?? "nobody") }
            routes.page("/own") { context in .text(try context.certificate.commonName ?? "") }
            routes.group("/diary", context: CertificateContext<BasicContext>.self) { diary in
                diary.page("/") { context in .text("\(context.fingerprint)") }
                diary.page("/{day}") { (_, day: String) in .text(day) }
                diary.group("/members", context: MemberContext.self) { members in
                    members.page("/") { context in .text(context.name) }
                }
            }
            routes.group("/friends") { friends in
                friends.use(.requireCertificate("Friends only", allow: allow))
                friends.page("/") { _ in .text("friend") }
                friends.page("/deep/{page}") { (_, page: String) in .text(page) }
            }
        }
    }

    @Test(
        "GP-151 to GP-153: 60 without a certificate, 62 for one that is out of its time, 61 for one that is not listed"
    )
    func overTLS() async throws {
        let ada = try TestIdentity(commonName: "ada")
        let bob = try TestIdentity(commonName: "bob")
        let late = try TestIdentity(commonName: "ada", notAfter: Date(timeIntervalSinceNow: -60))
        let early = try TestIdentity(commonName: "ada", notBefore: Date(timeIntervalSinceNow: 600))
        let allowed = AllowedCertificates([ClientCertificate(der: try ada.der).fingerprint])
        try await withServer(responder: Self.router(allow: allowed)) { server in
            func header(_ path: String, _ identity: TestIdentity? = nil) async throws -> String {
                let tls = try identity?.tls() ?? TestConnection.TLS()
                return try await server.answer(to: "gemini://localhost:\(server.port)\(path)", tls: tls).header
            }
            for path in ["/own", "/diary/", "/friends/"] {
                let answers = try await [header(path), header(path, late), header(path, early), header(path, ada)]
                #expect(answers[0].hasPrefix("60 "))
                #expect(answers[1].hasPrefix("62 Your certificate was valid until "))
                #expect(answers[2].hasPrefix("62 Your certificate is not valid before "))
                #expect(answers[3].hasPrefix("20 "))
            }
            #expect(try await header("/", late).hasPrefix("20 "))
            let stranger = ClientCertificate(der: try bob.der).fingerprint.spelled(.jetforce)
            #expect(
                try await header("/friends/", bob)
                    == "61 Your certificate, \(stranger), is not allowed here: Friends only"
            )
            #expect(try await header("/diary/members/", bob) == "61 Ask Ada to be let in")
            #expect(try await header("/diary/members/", ada).hasPrefix("20 "))
            #expect(try await header("/diary/members/", late).hasPrefix("62 "))
        }
    }

    @Test("GP-152: 61 is no question: it names the certificate where a list could have it, and the reason")
    func objections() async throws {
        let identity = try TestIdentity(
            notBefore: Date(timeIntervalSince1970: 0),
            notAfter: Date(timeIntervalSinceNow: 3e9)
        )
        let ada = ClientCertificate(der: try identity.der)
        let authority = ClientAuthorities(der: [try TestAuthority("Root").der])
        let long = try #require(Meta(sanitizing: String(repeating: "long ", count: 200)))
        let app = try Asking { routes in
            func group(_ name: Path<>, _ requirement: CertificateRequirement<BasicContext>) {
                routes.group(name) { group in
                    group.use(requirement)
                    group.page("/") { _ in .text("in") }
                }
            }
            group("/list", .requireCertificate(allow: []))
            group("/authority", .requireCertificate(from: authority))
            group("/both", .requireCertificate("Crew only", allow: [], from: authority))
            group("/long", .requireCertificate(long, allow: []))
        }
        let name = ada.fingerprint.spelled(.jetforce)
        for (path, text) in [
            (
                "/list/",
                "Your certificate, \(name), is not allowed here: its fingerprint is what the operator needs to let you in"
            ),
            ("/authority/", "Your certificate is not allowed here: it is signed by no authority that is trusted here"),
            ("/both/", "Your certificate, \(name), is not allowed here: Crew only"),
        ] {
            #expect(try await app.answer(to: path, certificate: ada) == "61 \(text)")
            #expect(try await app.answer(to: path).hasPrefix("60 "))
        }
        #expect(try await app.answer(to: "/long/", certificate: ada).hasPrefix("61 Your certificate, \(name), is"))
    }

    @Test("GP-157: a zone asks for the certificate at its top, with a slash at its end")
    func zone() async throws {
        let ada = ClientCertificate(der: try TestIdentity(commonName: "ada").der)
        let inner = try Self.router(allow: AllowedCertificates([ada.fingerprint]))
        let app = try Asking { routes in
            routes.mount("/app", inner, uploads: true)
            routes.group("/topless") { topless in
                topless.use(.requireCertificate("Why"))
                topless.page("/page") { _ in .text("") }
            }
            routes.group("/users/{name}") { user in
                user.use(.requireCertificate("Yours"))
                user.page("/**") { (context, name: String) in .text("\(name) \(context.request.localPath)") }
            }
        }
        #expect(try await app.answer(to: "/app/friends/") == "60 Friends only")
        #expect(try await app.answer(to: "/app/friends/deep/x?q") == "30 gemini://localhost/app/friends/")
        #expect(try await app.answer(to: "/app/diary/monday") == "30 gemini://localhost/app/diary/")
        #expect(try await app.answer(to: "/app/diary/members/") == "30 gemini://localhost/app/diary/")
        #expect(try await app.answer(to: "/app/own").hasPrefix("60 "))
        #expect(try await app.answer(to: "/topless/page") == "60 Why")
        #expect(try await app.answer(to: "/users/a%2Fb/x/y") == "30 gemini://localhost/users/a%2Fb/")
        #expect(try await app.answer(to: "/users/a%2Fb/") == "60 Yours")
    }

    @Test(
        "GP-159: a list holds fingerprints of certificates and of keys, in any spelling",
        arguments: Fingerprint.Spelling.allCases
    )
    func spellings(spelling: Fingerprint.Spelling) throws {
        let ada = ClientCertificate(der: try TestIdentity(commonName: "ada").der)
        let bob = ClientCertificate(der: try TestIdentity(commonName: "bob").der)
        let whole = try AllowedCertificates(parsing: [ada.fingerprint.spelled(spelling)])
        let key = try AllowedCertificates(parsing: [try #require(ada.publicKeyFingerprint).spelled(spelling)])
        #expect(whole.contains(ada) && key.contains(ada))
        #expect(!whole.contains(bob) && !key.contains(bob))
    }

    @Test("A fingerprint that is none is named")
    func badFingerprint() {
        #expect(throws: FingerprintError(text: "SHA256:1234")) { try AllowedCertificates(parsing: ["SHA256:1234"]) }
    }

    @Test("What cannot be read in a certificate is 62")
    func malformed() async throws {
        let app = try Asking { $0.page("/") { context in .text("\(try context.certificate.fingerprint)") } }
        let certificate = ClientCertificate(der: [0x30, 0])
        #expect(try await app.answer(to: "/", certificate: certificate).hasPrefix("62 "))
    }

    @Test("Authorities let in whom they vouch for: directly, by what the client sends along, or by their file")
    func authorities() async throws {
        let root = try TestAuthority("Root")
        let between = try root.authority("Between")
        let stranger = try TestAuthority("Stranger")
        let trust = ClientAuthorities(der: [root.der])
        let trustAll = ClientAuthorities(der: [root.der, between.der])
        let listed = try TestIdentity(commonName: "listed")
        let allowed = AllowedCertificates([ClientCertificate(der: try listed.der).fingerprint])
        let router = try Router { routes in
            routes.group("/root") { group in
                group.use(.requireCertificate("Crew", allow: allowed, from: trust))
                group.page("/") { _ in .text("in") }
            }
            routes.group("/all") { group in
                group.use(.requireCertificate("Crew", from: trustAll))
                group.page("/") { _ in .text("in") }
            }
        }
        let cases: [(String, TestConnection.TLS, String)] = [
            ("/root/", try root.clientTLS(), "20 "),
            ("/root/", try listed.tls(), "20 "),
            ("/root/", try between.clientTLS(sending: [between]), "20 "),
            ("/root/", try between.clientTLS(), "61 Your certificate"),
            ("/all/", try between.clientTLS(), "20 "),
            ("/all/", try listed.tls(), "61 Your certificate"),
            ("/root/", try stranger.clientTLS(sending: [root]), "61 Your certificate"),
            ("/root/", try root.clientTLS(isForServers: true), "61 Your certificate"),
            ("/root/", try root.clientTLS(validFor: -3600 ... -60), "62 "),
        ]
        try await withServer(responder: router) { server in
            for (index, (path, tls, expected)) in cases.enumerated() {
                let answer = try await server.answer(to: "gemini://localhost:\(server.port)\(path)", tls: tls)
                #expect(answer.header.hasPrefix(expected), "case \(index): \(answer.header)")
            }
        }
    }

    @Test("The authorities of a file, or an error that names it")
    func authorityFile() throws {
        let folder = try TemporaryDirectory()
        #expect(throws: (any Error).self) { try ClientAuthorities(file: folder.path + "/none.pem") }
        do {
            _ = try ClientAuthorities(file: folder.path + "/none.pem")
        } catch {
            #expect("\(error)".contains("none.pem"))
        }
    }
}
