import CanaveralTesting
import Testing

@testable import VirtualHosts

@Suite("Virtual hosts")
struct VirtualHostsTests {
    @Test("Each name has its own pages, and every other name the default", arguments: Transport.allCases)
    func hosts(_ transport: Transport) async throws {
        try await makeVirtualHosts().test(transport) { client async throws in
            #expect(try await client.get("gemini://localhost/").contains("# The house"))
            #expect(try await client.get("gemini://127.0.0.1/").contains("# The house"))
            #expect(try await client.get("gemini://garden.localhost/").contains("In garden.localhost"))
            #expect(try await client.get("gemini://garden.localhost/elsewhere").is(.notFound))
            #expect(try await client.get("gemini://attic.localhost/chest").is(.gone))
            #expect(try await client.get("gemini://cellar.localhost/").contains("# cellar.localhost is not here"))
        }
    }

    @Test("The default is no proxy")
    func otherSchemes() async throws {
        try await makeVirtualHosts().test { client async throws in
            #expect(try await client.get("https://example.org/").is(.proxyRequestRefused))
        }
    }
}
