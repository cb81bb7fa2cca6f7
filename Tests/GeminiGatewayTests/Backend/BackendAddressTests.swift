import GeminiGateway
import Testing

@Suite("Addresses of daemons")
struct BackendAddressTests {
    @Test(
        "What is an address",
        arguments: [
            ("127.0.0.1:4000", BackendAddress.tcp(host: "127.0.0.1", port: 4000), "127.0.0.1:4000"),
            ("localhost:1", .tcp(host: "localhost", port: 1), "localhost:1"),
            ("[::1]:65535", .tcp(host: "::1", port: 65535), "[::1]:65535"),
            ("unix:/run/x.sock", .unix("/run/x.sock"), "unix:/run/x.sock"),
            ("/run/x:1", .unix("/run/x:1"), "unix:/run/x:1"),
        ]
    )
    func read(text: String, address: BackendAddress, description: String) throws {
        #expect(try BackendAddress(text) == address)
        #expect(address.description == description)
        #expect(try BackendAddress(address.description) == address)
    }

    @Test(
        "What is none",
        arguments: [
            ("", BackendAddressError.noPort("")), ("localhost", .noPort("localhost")), ("a:0", .noPort("a:0")),
            ("a:65536", .noPort("a:65536")), ("a:+1", .noPort("a:+1")), ("a:", .noPort("a:")), (":1", .noHost(":1")),
            ("a b:1", .noHost("a b:1")), ("::1:4000", .noBrackets("::1:4000")), ("unix:run", .notAPath("unix:run")),
            ("unix:", .notAPath("unix:")), ("/a\0b", .notAPath("/a\0b")),
            ("/" + String(repeating: "x", count: 103), .pathTooLong("/" + String(repeating: "x", count: 103))),
        ]
    )
    func refused(text: String, error: BackendAddressError) {
        #expect(throws: error) { try BackendAddress(text) }
        #expect("\(error)".contains(text))
    }
}
