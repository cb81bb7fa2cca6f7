import Canaveral
import TestSupport
import Testing

@Suite("Routes for certain addresses only")
struct AddressRestrictionTests {
    @Test("Visitors from other addresses are answered 50, whether the route exists or not")
    func addresses() async throws {
        let app = try Asking { routes in
            routes.page("/") { _ in .text("home") }
            routes.group("/status") { status in
                status.use(.allowAddresses(AddressRules(allowed: ["10.0.0.0/8", "::1"], denied: ["10.9.0.0/16"])))
                status.page("/") { _ in .text("fine") }
            }
        }
        #expect(try await app.answer(to: "/status/", from: "10.1.2.3") == "20 fine")
        #expect(try await app.answer(to: "/status/", from: "::ffff:10.1.2.3") == "20 fine")
        #expect(try await app.answer(to: "/status/", from: "::1") == "20 fine")
        for address in ["10.9.0.1", "192.0.2.1", "2001:db8::1"] {
            #expect(try await app.answer(to: "/status/", from: address) == "50 This is not served to your address")
            #expect(try await app.answer(to: "/", from: address) == "20 home")
        }
        #expect(try await app.answer(to: "/status/") == "50 This is not served to your address")
    }
}
