import Canaveral
import GeminiGateway
import NIOSSL
import TestSupport
import Testing

@Suite("Authorities for visitors", .timeLimit(.minutes(10)))
struct ClientAuthoritiesTests {
    private struct Case: Sendable {
        var authorities: ClientAuthorities
        var tls: TestConnection.TLS
        var isVouchedFor: Bool
    }

    /// What a program behind a gateway is told, and whether the members' page is shown.
    private static func answers(
        _ test: Case
    ) async throws -> (variable: String, members: String) {
        let variables = GatewayServer(authorizing: test.authorities)
        let router = try Router { routes in
            routes.page("/variable") { context in
                let path = try GatewayPath(context.request)
                let variables = GatewayVariables(context.request, path: path, style: .jetforce, server: variables)
                return .text(variables["TLS_CLIENT_AUTHORISED"] ?? "none")
            }
            routes.group("/members") { members in
                members.use(.requireCertificate("Crew only", from: test.authorities))
                members.page("/") { _ in .text("in") }
            }
        }
        return try await withServer(responder: router) { server in
            let variable = try await server.answer(to: "gemini://localhost:\(server.port)/variable", tls: test.tls)
            let members = try await server.answer(to: "gemini://localhost:\(server.port)/members/", tls: test.tls)
            return (String(decoding: variable.body, as: UTF8.self), members.header)
        }
    }

    @Test(
        "Chains that OpenSSL made are judged over TLS: in the members' zone, and in TLS_CLIENT_AUTHORISED, which refuses nobody",
        arguments: OpenSSLChain.all,
        [TLSVersion.tlsv12, .tlsv13]
    )
    func chains(_ chain: OpenSSLChain, _ version: TLSVersion) async throws {
        let folder = try TemporaryDirectory()
        let root = try folder.write(chain.root, to: "root.pem")
        let middle = try folder.write(chain.middle, to: "middle.pem")
        let others = try OpenSSLChain.all.filter { $0.description != chain.description }.map {
            try folder.write($0.root, to: "other-\($0.rootHash).pem")
        }
        let cases = [
            Case(
                authorities: try ClientAuthorities(paths: others + [root]),
                tls: try chain.tls(isComplete: true, versions: version...version),
                isVouchedFor: true
            ),
            Case(
                authorities: try ClientAuthorities(paths: [root, middle]),
                tls: try chain.tls(isComplete: false, versions: version...version),
                isVouchedFor: true
            ),
            // The way from the root to the certificate is not known.
            Case(
                authorities: try ClientAuthorities(paths: [root]),
                tls: try chain.tls(isComplete: false, versions: version...version),
                isVouchedFor: false
            ),
            Case(
                authorities: try ClientAuthorities(paths: others),
                tls: try chain.tls(isComplete: true, versions: version...version),
                isVouchedFor: false
            ),
        ]
        for (index, test) in cases.enumerated() {
            let (variable, members) = try await Self.answers(test)
            #expect(variable == (test.isVouchedFor ? "1" : "0"), "case \(index)")
            #expect(
                members == (test.isVouchedFor ? "20 text/plain" : "61 Your certificate is not allowed here: Crew only"),
                "case \(index)"
            )
        }
    }

    @Test("An authority that has expired vouches for nobody, nor does one for a certificate that is for servers")
    func timesAndPurposes() async throws {
        let root = try TestAuthority("Root")
        let old = try TestAuthority("Old root", validFor: -7200 ... -3600)
        for (authority, tls) in [
            (old, try old.clientTLS()), (root, try root.clientTLS(isForServers: true)),
        ] {
            let test = Case(authorities: ClientAuthorities(der: [authority.der]), tls: tls, isVouchedFor: false)
            let (variable, members) = try await Self.answers(test)
            #expect(variable == "0")
            #expect(members == "61 Your certificate is not allowed here: Crew only")
        }
        let expired = try root.clientTLS(validFor: -7200 ... -3600)
        let (variable, members) = try await Self.answers(
            Case(authorities: ClientAuthorities(der: [root.der]), tls: expired, isVouchedFor: false)
        )
        #expect(variable == "0")
        #expect(members.hasPrefix("62 "))
    }

    @Test("Files and folders: by their endings, or by the names that OpenSSL looks up")
    func folders() throws {
        let folder = try TemporaryDirectory()
        try folder.write(OpenSSLChain.rsa.root, to: "ca/RSA.PEM")
        try folder.write(OpenSSLChain.p256.root, to: "ca/\(OpenSSLChain.p256.rootHash).0")
        try folder.link("ca/\(OpenSSLChain.rsa.rootHash).0", to: "RSA.PEM")
        try folder.write("Who these are: ask Zoë.", to: "ca/README")
        try folder.write("", to: "ca/\(OpenSSLChain.p256.rootHash).r0")
        try folder.write("", to: "ca/.hidden.pem")
        try folder.makeFolder("ca/below")
        let file = try folder.write(
            try TestAuthority("Root").der + TestAuthority("Other").der,
            to: "two.der"
        )
        let authorities = try ClientAuthorities(paths: [folder.path("ca"), folder.path("ca/"), file])
        #expect(authorities.count == 4)
        #expect(try ClientAuthorities(paths: []).count == 0)
    }

    @Test(
        "What cannot be read, or holds no certificate, is named",
        arguments: [
            ("none.pem", "There is no file"), ("empty", "is a folder without certificates"),
            ("folder", "folder/damaged.crt has a damaged certificate"),
            ("nothing.pem", "nothing.pem is empty"), ("key.pem", "key.pem has no certificate in it"),
            ("dangling", "There is no file"), ("text.pem", "text.pem is neither PEM nor DER"),
        ]
    )
    func mistakes(_ name: String, _ sentence: String) throws {
        let folder = try TemporaryDirectory()
        let good = try folder.write(OpenSSLChain.rsa.root, to: "good.pem")
        try folder.makeFolder("empty")
        try folder.write(String(OpenSSLChain.rsa.root.dropLast(300)), to: "folder/damaged.crt")
        try folder.write("", to: "nothing.pem")
        try folder.write(OpenSSLChain.rsa.visitorKey, to: "key.pem")
        try folder.write("hello", to: "text.pem")
        try folder.makeFolder("dangling")
        try folder.link("dangling/1a2b3c4d.0", to: "gone.pem")
        do {
            _ = try ClientAuthorities(paths: [good, folder.path(name)])
            Issue.record("It was taken.")
        } catch {
            #expect("\(error)".contains(sentence), "\(error)")
            #expect("\(error)".contains(folder.path(name)), "\(error)")
        }
    }
}

extension GatewayServer {
    fileprivate init(authorizing authorities: ClientAuthorities) {
        self.init()
        self.authorizes = authorities.vouch(for:)
    }
}
