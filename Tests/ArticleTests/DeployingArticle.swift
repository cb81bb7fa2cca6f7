import CanaveralTesting
import Testing

// The code of the article "Deploying" and of README.md.

private func makeCapsule() throws -> Capsule {
    var options = CapsuleOptions()
    options.limits.maximumConnectionsPerAddress = 64
    options.limits.uploadSize = 1 << 20
    options.grace = .seconds(10)
    let offenders = RepeatOffenders()
    options.admission = offenders
    options.services = [
        PeriodicJob("backup", every: .hours(6)) { try await backUp() }
    ]
    return try Capsule(hostname: "capsule.example.org", options: options) { routes in
        routes.use(.recover { _ in .failure(.temporaryFailure, "Something broke. It has been noted.") })
        routes.use(.rateLimit("120/m", banning: offenders))
        routes.use(.timeLimit(.seconds(20)))
        routes.page("/") { _ in .gemtext("# Capsule") }
        routes.page("/broken") { _ in throw Broken() }
    }
}

private func makeNamed() throws -> [CapsuleHost] {
    try [
        CapsuleHost(
            "capsule.example.org",
            aliases: ["www.example.org"],
            identity: .files(certificate: "/etc/capsule/cert.pem", key: "/etc/capsule/key.pem")
        ) { routes in routes.page("/") { _ in .gemtext("# Capsule") } },
        CapsuleHost(
            "files.example.org",
            identity: .automatic(in: "/var/lib/capsule"),
            responder: .files(in: "/srv/files")
        ),
    ]
}

private struct Broken: Error {}

private func backUp() async throws {}

private func greet() async throws {
    let capsule = try Capsule(hostname: "localhost") { routes in
        routes.page("/") { context in
            let name = try context.input("What is your name?")
            return .gemtext("# Hello, \(name)")
        }
    }
    try await capsule.run()
}

@Suite("The articles \"Deploying\" and \"Canaveral\", and README.md")
struct DeployingArticle {
    @Test(
        "The code is that of this file",
        arguments: ["Sources/Canaveral/Canaveral.docc/Deploying.md", "Sources/Canaveral/Canaveral.docc/Canaveral.md"]
    )
    func code(_ article: String) throws {
        try expectCode(of: article, toBeIn: #filePath)
    }

    @Test("The application in README.md is that of this file")
    func readme() throws {
        let source = try lines(of: #filePath)
        let applications = try blocks(of: "README.md").filter { $0.contains("import Canaveral") }
        #expect(applications.count == 1)
        #expect(applications.allSatisfy { isPart($0.filter { !$0.hasPrefix("import") }, of: source) })
    }

    @Test("What breaks is told in the application's words, and what is too much is told so")
    func limits() async throws {
        let capsule = try makeCapsule()
        #expect(capsule.options.limits.uploadSize == 1 << 20)
        try await capsule.test { client in
            let page = try await client.get("/broken")
            #expect(page.is(.temporaryFailure))
            #expect(page.meta == "Something broke. It has been noted.")
            for _ in 2...120 { _ = try await client.get("/") }
            let hasty = try await client.get("/")
            #expect(hasty.is(.slowDown))
        }
    }
}
