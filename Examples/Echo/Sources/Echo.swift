import Canaveral

@main
struct Echo {
    static func main() async throws {
        try await makeEcho().run()
    }
}

/// A capsule without routes, contexts and middleware: one function from a request to a response.
func makeEcho() throws -> Capsule {
    try Capsule(hosts: [
        CapsuleHost(
            "localhost",
            responder: .closure { request in
                guard let text = try request.input() else {
                    // jetforce's echo sends a body behind this header. Here there is no place for one.
                    return .input("What shall I echo?")
                }
                return .text(
                    """
                    \(text)

                    Host: \(request.host)
                    Path: \(request.path) (\(request.decodedPath ?? "no text"))
                    Query: \(request.query ?? "none")
                    From: \(request.remoteAddress?.ipAddress ?? "nowhere")
                    Certificate: \(request.clientCertificate?.subject ?? "none")
                    TLS: \(request.tls.map { "\($0)" } ?? "none")

                    """
                )
            }
        )
    ])
}
