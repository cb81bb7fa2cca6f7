import CanaveralTesting
import Testing

@testable import RateLimit

@Suite("Rate limits")
struct RateLimitTests {
    @Test("The sixth roll has to wait, as long as it is told, and nothing else has to")
    func perRoute() async throws {
        let environment = TestEnvironment()
        try await makeRateLimit().test(environment: environment) { client async throws in
            for _ in 1...5 { #expect(try await client.get("/dice/roll").is(.success)) }
            let refused = try await client.get("/dice/roll")
            #expect(refused.is(.slowDown))
            #expect(refused.meta == "12")
            #expect(try await client.get("/").is(.success))
            #expect(try await client.from("192.0.2.7").get("/dice/roll").is(.success))
            environment.clock.advance(by: .seconds(12))
            #expect(try await client.get("/dice/roll").is(.success))
            #expect(try await client.get("/dice/roll").is(.slowDown))
        }
    }

    @Test("The limit for everything counts everything, pages that are not there too", arguments: Transport.allCases)
    func global(_ transport: Transport) async throws {
        try await makeRateLimit().test(transport, environment: .fixed()) { client async throws in
            for number in 1...30 { #expect(try await !client.get("/\(number)").is(.slowDown)) }
            let refused = try await client.get("/")
            #expect(refused.is(.slowDown))
            #expect(refused.meta == "2")
        }
    }

    @Test("The oracle counts people, wherever they are")
    func certificates() async throws {
        let environment = TestEnvironment()
        let ada = try VisitorIdentity(commonName: "ada", at: environment.clock.now)
        let blaise = try VisitorIdentity(commonName: "blaise", at: environment.clock.now)
        try await makeRateLimit().test(environment: environment) { client async throws in
            #expect(try await client.get("/oracle/").is(.certificateRequired))
            #expect(try await client.as(ada).get("/oracle/").is(.success))
            #expect(try await client.as(ada).from("192.0.2.7").get("/oracle/").meta == "3600")
            #expect(try await client.as(blaise).get("/oracle/").is(.success))
            environment.clock.advance(by: .seconds(3_600))
            #expect(try await client.as(ada).get("/oracle/").is(.success))
        }
    }
}
