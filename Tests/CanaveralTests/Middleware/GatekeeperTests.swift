import Canaveral
import GeminiProtocol
import GeminiServer
import NIOCore
import Testing

@Suite("Gatekeepers")
struct GatekeeperTests {
    /// Knows its answer at once, or only by waiting.
    private struct Page: Responder {
        let isAtHand: Bool

        func respondAtOnce(to request: Request) -> Response? {
            self.isAtHand ? .text("at once") : nil
        }

        func respond(to request: Request) async throws -> Response {
            .text("after a while")
        }
    }

    private func request(from address: String = "192.0.2.7") throws -> Request {
        Request(
            line: try RequestLine(GeminiURL("gemini://localhost/page")),
            remoteAddress: try SocketAddress(ipAddress: address, port: 40_000)
        )
    }

    private func router(isAtHand: Bool) throws -> Router<BasicContext> {
        try Router<BasicContext> { routes in
            routes.use(.allowAddresses(AddressRules(denied: ["198.51.100.0/24"])))
            routes.use(.rateLimit("2/h"))
            routes.mount("/", Page(isAtHand: isAtHand))
        }
    }

    @Test("What is at hand is had at once behind gatekeepers, and each request counts once")
    func atOnce() throws {
        let router = try self.router(isAtHand: true)
        let statuses = try (0..<3).map { _ in router.respondAtOnce(to: try self.request())?.status }
        #expect(statuses == [.success, .success, .slowDown])
        #expect(try router.respondAtOnce(to: self.request(from: "198.51.100.1"))?.status == .permanentFailure)
    }

    @Test("What takes a while counts once too, whoever asks first whether it is at hand")
    func afterAWhile() async throws {
        let router = try self.router(isAtHand: false)
        var statuses: [Status] = []
        for _ in 0..<3 {
            #expect(try router.respondAtOnce(to: self.request()) == nil)
            statuses.append(try await router.respond(to: self.request()).status)
        }
        #expect(statuses == [.success, .success, .slowDown])
    }

    @Test("Behind other middleware nothing is had at once")
    func others() throws {
        let router = try Router<BasicContext> { routes in
            routes.use(.rateLimit("2/h"))
            routes.use { context, next in try await next(context) }
            routes.mount("/", Page(isAtHand: true))
        }
        #expect(try router.respondAtOnce(to: self.request()) == nil)
    }
}
