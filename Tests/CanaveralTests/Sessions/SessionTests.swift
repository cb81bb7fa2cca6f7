import Canaveral
import GeminiProtocol
import GeminiServer
import StoreConformance
import TestSupport
import Testing

@Suite("Sessions")
struct SessionTests {
    private struct Cart: Codable, Sendable, Equatable {
        var seeds: [String] = []
    }

    private struct ShopContext: ChildContext {
        var core: CoreContext
        let cart: Session<Cart>

        init(_ parent: BasicContext) throws {
            self.core = parent.core
            self.cart = try parent.session(initial: Cart(), idle: .seconds(1600))
        }
    }

    private struct TooMany: ResponseError {
        var response: Response { .failure(.permanentFailure, "Too many") }
    }

    private func build(_ routes: Routes<BasicContext>) {
        routes.group("/shop", context: ShopContext.self) { shop in
            shop.page("/") { context in .text(try await context.cart.read().seeds.joined(separator: " ")) }
            shop.page("/add") { context in
                let seed = try context.input("Which?")
                let count = try await context.cart.update { cart in
                    cart.seeds.append(seed)
                    guard cart.seeds.count < 4 else { throw TooMany() }
                    return cart.seeds.count
                }
                return .text("\(count)")
            }
            shop.page("/leave") { context in
                try await context.cart.end()
                return .text("gone")
            }
        }
        routes.page("/visits") { context in
            let visits = try await context.session(initial: 0, name: "visits").update { visits in
                visits += 1
                return visits
            }
            return .text("\(visits)")
        }
    }

    @Test("GP-159: a session belongs to the public key, and needs one (60)")
    func keys() async throws {
        let surroundings = TestSurroundings()
        let router = try surroundings.router(self.build)
        let ada = try Visitor(router, with: TestIdentity(commonName: "ada"))
        let bob = try Visitor(router, with: TestIdentity(commonName: "bob"))
        #expect(try await Visitor(router).get("/shop/").status == 60)
        var strange = try Visitor(router)
        strange.certificate = ClientCertificate(der: [1, 2, 3])
        #expect(try await strange.get("/shop/").status == 62)

        #expect("\(try await ada.get("/shop/add", "oat"))" == "20 1")
        #expect("\(try await ada.get("/shop/add", "rye"))" == "20 2")
        #expect("\(try await ada.get("/shop/"))" == "20 oat rye")
        #expect("\(try await bob.get("/shop/"))" == "20 ")
        #expect("\(try await ada.get("/visits"))" == "20 1")
        #expect("\(try await ada.get("/visits"))" == "20 2")

        let restarted = try Visitor(surroundings.router(self.build))
        var again = restarted
        again.certificate = ada.certificate
        #expect("\(try await again.get("/shop/"))" == "20 oat rye")

        #expect(try await ada.get("/shop/leave").status == 20)
        #expect("\(try await ada.get("/shop/"))" == "20 ")
    }

    @Test("A change that throws changes nothing")
    func atomicity() async throws {
        let ada = try Visitor(TestSurroundings().router(self.build), with: TestIdentity())
        for seed in ["a", "b", "c"] { _ = try await ada.get("/shop/add", seed) }
        #expect("\(try await ada.get("/shop/add", "d"))" == "50 Too many")
        #expect("\(try await ada.get("/shop/"))" == "20 a b c")
    }

    @Test("Changes at the same time all count")
    func concurrency() async throws {
        let ada = try Visitor(TestSurroundings().router(self.build), with: TestIdentity())
        await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { try await ada.get("/visits") } }
        }
        #expect("\(try await ada.get("/visits"))" == "20 51")
    }

    @Test("Reading and changing put off the end, and idleness brings it")
    func expiry() async throws {
        let surroundings = TestSurroundings()
        let ada = try Visitor(surroundings.router(self.build), with: TestIdentity())
        _ = try await ada.get("/shop/add", "oat")
        for _ in 0..<4 {
            surroundings.clock.advance(by: .seconds(1400))
            #expect("\(try await ada.get("/shop/"))" == "20 oat")
        }
        surroundings.clock.advance(by: .seconds(1400))
        _ = try await ada.get("/shop/add", "rye")
        surroundings.clock.advance(by: .seconds(1400))
        #expect("\(try await ada.get("/shop/"))" == "20 oat rye")
        surroundings.clock.advance(by: .seconds(1600))
        #expect("\(try await ada.get("/shop/"))" == "20 ")
    }
}
