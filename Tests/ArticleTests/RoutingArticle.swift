import CanaveralTesting
import Foundation
import Logging
import Testing

// The code of the article "Routing".

enum Season: String, PathParameter {
    case spring, summer, autumn, winter
}

enum Paths {
    static let star: Path<String> = "/stars/{name}"
}

struct Cloudy: ResponseError {
    var response: Response { .failure(.temporaryFailure, "It is cloudy.") }
}

struct NightContext: ChildContext {
    var core: CoreContext
    let night: String

    init(_ parent: BasicContext) throws {
        guard parent.environment.now().components.hour >= 20 else { throw Cloudy() }
        self.core = parent.core
        self.night = parent.environment.now().date
    }
}

func makeObservatory(pictures: String) throws -> Capsule {
    try Capsule { routes in
        routes.page("/") { _ in .gemtext("# Observatory") }
        routes.page(Paths.star) { context, name in
            .gemtext("# \(name)")
        }
        routes.page("/sky/{season}/{page: Int}") { (context, season: Season, page: Int) in
            .gemtext {
                Heading("The sky in \(season.rawValue), page \(page)")
                Link(to: Paths.star("α Lyrae"), "Vega")
            }
        }
        routes.redirect("/moon", to: "gemini://example.org/moon", permanent: true)
        routes.mount("/pictures", try .files(in: pictures))
        routes.group("/tonight", context: NightContext.self) { tonight in
            tonight.use(.timeLimit(.seconds(10)))
            tonight.page("/") { context in .gemtext("# The night of \(context.night)") }
        }
        routes.use { context, next in
            let response = try await next(context)
            context.logger.info("\(context.path): \(response.status)")
            return response
        }
    }
}

@Suite("The article \"Routing\"")
struct RoutingArticle {
    @Test("The code is that of this file")
    func code() throws {
        try expectCode(of: "Sources/Canaveral/Canaveral.docc/Routing.md", toBeIn: #filePath)
    }

    @Test("It does what the article says")
    func pages() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = TestEnvironment()
        try await makeObservatory(pictures: folder.path).test(environment: environment) { client in
            let sky = try await client.get("/sky/summer/2")
            #expect(sky.contains("# The sky in summer, page 2"))
            let star = try await client.open(link: "Vega", of: sky)
            #expect(star.text == "# α Lyrae\n")
            for path in [
                "/sky/monsoon/2", "/sky/summer/two", "/sky/summer/02", "/sky/summer", "/stars/", "/pictures/no",
            ] {
                let page = try await client.get(path)
                #expect(page.is(.notFound), "\(path)")
            }
            let slash = try await client.get("/sky/summer/2/")
            #expect(slash.is(.permanentRedirect))
            let moon = try await client.get("/moon")
            #expect(moon.is(.permanentRedirect))
            #expect(moon.meta == "gemini://example.org/moon")
            let day = try await client.get("/tonight/")
            #expect(day.is(.temporaryFailure))
            environment.clock.advance(by: .seconds(21 * 3600))
            let night = try await client.get("/tonight/")
            #expect(night.contains("# The night of 2026-01-01"))
            let pictures = try await client.get("/pictures/")
            #expect(pictures.is(.success))
        }
    }
}
