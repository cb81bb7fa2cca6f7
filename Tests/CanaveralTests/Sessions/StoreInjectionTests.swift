import Canaveral
import GeminiProtocol
import GeminiServer
import StoreConformance
import TestSupport
import Testing

@Suite("The store of a capsule")
struct StoreInjectionTests {
    private func capsule(_ options: CapsuleOptions) throws -> Capsule {
        func count(_ routes: Routes<BasicContext>) {
            routes.page("/") { context in
                let visits = try await context.session(initial: 0, name: "visits").update { visits in
                    visits += 1
                    return visits
                }
                return .text("\(visits)")
            }
        }
        return try Capsule(
            hosts: [CapsuleHost("localhost", routes: count), CapsuleHost("other.example", routes: count)],
            options: options
        )
    }

    private func visitors(_ capsule: Capsule, _ identity: TestIdentity) throws -> [Visitor] {
        try capsule.hosts.map { try Visitor(capsule.adopted($0.responder), with: identity) }
    }

    @Test("By default it is one in memory for all hosts of a capsule, which goes by the capsule's clock")
    func memory() async throws {
        let surroundings = TestSurroundings()
        var options = CapsuleOptions()
        options.environment = surroundings.environment
        let identity = try TestIdentity()
        let capsule = try self.capsule(options)
        let visitors = try self.visitors(capsule, identity)
        #expect("\(try await visitors[0].get("/"))" == "20 1")
        #expect("\(try await visitors[1].get("/"))" == "20 2")
        surroundings.clock.advance(by: .seconds(31 * 86400))
        #expect("\(try await visitors[0].get("/"))" == "20 1")
        #expect(
            "\(try await self.visitors(self.capsule(options), identity)[0].get("/"))" == "20 1",
            "another capsule's"
        )
    }

    @Test("The one of the options survives the capsule")
    func chosen() async throws {
        var options = CapsuleOptions()
        options.store = MemoryStore()
        let identity = try TestIdentity()
        #expect("\(try await self.visitors(self.capsule(options), identity)[0].get("/"))" == "20 1")
        #expect("\(try await self.visitors(self.capsule(options), identity)[1].get("/"))" == "20 2")
    }

    @Test("Sessions that fill the one in memory make room for others, those that end first")
    func full() async throws {
        let capsule = try Capsule { routes in
            routes.page("/{number}") { (context, number: Int) in
                let item = StoreItem(
                    [UInt8](repeating: 0, count: 24 << 20),
                    expires: context.environment.now() + .days(1)
                )
                try await context.store.write(item, to: StoreKey(space: "sessions", id: "\(number)"))
                return .text("kept")
            }
        }
        let visitor = try Visitor(capsule.adopted(capsule.hosts[0].responder), with: TestIdentity())
        for number in 1...4 { #expect("\(try await visitor.get("/\(number)"))" == "20 kept") }
    }
}
