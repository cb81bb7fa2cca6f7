import CanaveralTesting
import Testing

@testable import Pagination

@Suite("Pagination")
struct PaginationTests {
    @Test("From the first page to the last by its links, every element once", arguments: Transport.allCases)
    func walk(_ transport: Transport) async throws {
        try await makePagination().test(transport) { client async throws in
            var page = try await client.followingRedirects().get("/")
            var names: [String] = []
            var count = 1
            while true {
                names += page.links.compactMap(\.label).filter { $0 != "Back" && $0 != "More" }
                guard page.links.contains(where: { $0.label == "More" }) else { break }
                page = try await client.open(link: "More", of: page)
                count += 1
            }
            #expect(count == 4)
            #expect(names == Element.all.map(\.name))
            #expect(page.text.hasPrefix("# Elements, page 4 of 4\n"))
        }
    }

    @Test("An element leads back to its page")
    func element() async throws {
        try await makePagination().test { client async throws in
            let neon = try await client.open(link: "Neon", of: client.get(Paths.page(1)))
            #expect(neon.contains("Number 10, Ne"))
            let list = try await client.open(link: "Its page of the list", of: neon)
            #expect(list.url.path == "/elements/page/1")
        }
    }

    @Test(
        "What is no page is none",
        arguments: [
            "/elements/page/0", "/elements/page/5", "/elements/page/x", "/elements/page/01", "/elements/page/-1",
            "/elements/Xx",
        ]
    )
    func outside(_ path: String) async throws {
        try await makePagination().test { client async throws in
            #expect(try await client.get(path).is(.notFound))
        }
    }

    @Test("An empty list has one page")
    func empty() async throws {
        try await makePagination(of: []).test { client async throws in
            #expect(try await client.get(Paths.page(1)).links.isEmpty)
        }
    }
}
