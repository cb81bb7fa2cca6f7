import Testing

@testable import GeminiServer

@Suite("What a connection to a host and port comes to")
struct ListenAddressReachingTests {
    @Test(
        "The address itself, this machine's own where all are listened on, and localhost",
        arguments: [
            ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "LocalHost", true), ("localhost", "127.0.0.1", true),
            ("127.0.0.1", "0.0.0.0", true), ("0.0.0.0", "127.0.0.1", true), ("0.0.0.0", "127.9.9.9", true),
            ("0.0.0.0", "localhost", true), ("::", "::1", true), ("::", "localhost", true), ("::1", "0:0::1", true),
            ("a.example", "A.example", true), ("::", "127.0.0.1", false), ("0.0.0.0", "::1", false),
            ("0.0.0.0", "192.0.2.1", false), ("127.0.0.2", "127.0.0.1", false), ("127.0.0.2", "localhost", false),
            ("192.0.2.1", "127.0.0.1", false), ("a.example", "127.0.0.1", false), ("0.0.0.0", "a.example", false),
        ]
    )
    func reaching(_ own: String, _ host: String, _ expected: Bool) {
        let address = ListenAddress(host: own, port: 1965)
        #expect(address.isReached(at: host, port: 1965) == expected)
        #expect(!address.isReached(at: host, port: 1966))
    }
}
