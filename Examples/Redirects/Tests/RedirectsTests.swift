import CanaveralTesting
import Foundation
import Testing

@testable import Redirects

@Suite("Redirects")
struct RedirectsTests {
    private let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../capsule")
        .standardizedFileURL.path

    @Test(
        "Where pages went",
        arguments: [
            ("/welcome", "31 /about.gmi"), ("/blog/", "31 /gemlog/"),
            ("/blog/first-light.gmi", "31 /gemlog/first-light.gmi"),
            ("/blog/a/b?c", "31 /gemlog/a/b?c"), ("/code", "31 https://example.org/code"),
            ("/2021/05/first-light.html", "30 /gemlog/first-light.gmi"),
            ("/2021/05/first-light.htm", "30 /gemlog/first-light.gmi"),
        ]
    )
    func redirects(_ old: String, _ answer: String) async throws {
        try await makeRedirects(files: self.folder).test { client async throws in
            let page = try await client.get(old)
            #expect("\(page.status.code) \(page.meta)" == answer)
        }
    }

    @Test("The page is where the redirect says", arguments: Transport.allCases)
    func following(_ transport: Transport) async throws {
        try await makeRedirects(files: self.folder).test(transport) { client async throws in
            let page = try await client.followingRedirects().get("/2021/05/first-light.html")
            #expect(page.is(.success))
            #expect(page.mediaType?.isGemtext == true)
            #expect(try await client.get("/2021/5/first-light.html").is(.notFound))
            #expect(try await client.get("/welcome/too").is(.notFound))
        }
    }

    @Test("The pictures are for those who are let in")
    func gate() async throws {
        let ada = try VisitorIdentity(commonName: "ada")
        let blaise = try VisitorIdentity(commonName: "blaise")
        let crew = AllowedCertificates([ada.fingerprint])
        try await makeRedirects(files: self.folder, crew: crew).test { client async throws in
            #expect(try await client.get("/pictures/").is(.certificateRequired))
            #expect(try await client.get("/pictures/patch.svg").redirect?.path == "/pictures/")
            #expect(try await client.as(blaise).get("/pictures/patch.svg").is(.certificateNotAuthorized))
            #expect(try await client.as(ada).get("/pictures/patch.svg").is(.success))
            #expect(try await client.get("/about.gmi").is(.success))
        }
    }
}
