import CanaveralTesting
import Testing

// The code of the article "Client certificates".

struct MemberContext: ChildContext {
    var core: CoreContext
    let account: Account

    init(_ parent: CertificateContext<BasicContext>) async throws {
        self.core = parent.core
        guard let account = try await Accounts(in: parent.store).account(for: parent.certificate) else {
            throw CertificateRefusal.notAuthorized("Register first, at /club/register")
        }
        self.account = account
    }
}

func makeClub(friends: AllowedCertificates) throws -> Capsule {
    try Capsule { routes in
        routes.group("/club", context: CertificateContext<BasicContext>.self) { club in
            club.page("/") { context in
                .gemtext("# The club\nYour key is \(context.publicKey).")
            }
            club.page("/register") { context in
                let question = "What shall we call you?"
                let name = try context.input(question)
                do {
                    try await Accounts(in: context.store).register(context.certificate, name: name)
                } catch let error as AccountError {
                    throw InputRequired(question, because: error.description)
                }
                return .redirect(to: "/club/members/")
            }
            club.group("/members", context: MemberContext.self) { members in
                members.page("/") { context in .gemtext("# Welcome, \(context.account.name)") }
            }
        }
        routes.group("/crew") { crew in
            crew.use(.requireCertificate("Crew only", allow: friends))
            crew.page("/") { _ in .gemtext("# The bridge") }
            crew.page("/engine") { _ in .gemtext("# The engine room") }
        }
    }
}

@Suite("The article \"Client certificates\"")
struct CertificatesArticle {
    @Test("The code is that of this file")
    func code() throws {
        try expectCode(of: "Sources/Canaveral/Canaveral.docc/ClientCertificates.md", toBeIn: #filePath)
    }

    @Test("It does what the article says")
    func visits() async throws {
        let (ada, bob) = (try VisitorIdentity(commonName: "ada"), try VisitorIdentity(commonName: "bob"))
        let friends = AllowedCertificates([ada.fingerprint])
        try await makeClub(friends: friends).test { client in
            let refused = try await client.get("/club/")
            #expect(refused.is(.certificateRequired))
            let deep = try await client.get("/club/register")
            #expect(deep.redirect?.path == "/club/")
            let expired = try await client.as(.expired()).get("/club/")
            #expect(expired.is(.certificateNotValid))
            let early = try await client.as(ada).get("/club/members/")
            #expect(early.is(.certificateNotAuthorized))
            let welcome = try await client.as(ada).followingRedirects().get("/club/register", input: "Ada")
            #expect(welcome.contains("# Welcome, Ada"))
            let renewed = try await client.as(ada.renewed()).get("/club/members/")
            #expect(renewed.contains("# Welcome, Ada"))
            let taken = try await client.as(bob).get("/club/register", input: "ada")
            #expect(taken.is(.input))
            let engine = try await client.as(ada).get("/crew/engine")
            #expect(engine.is(.success))
            let other = try await client.as(bob).get("/crew/engine")
            #expect(other.is(.certificateNotAuthorized))
        }
    }
}
