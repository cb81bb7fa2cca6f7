import Canaveral

@main
struct VirtualHosts {
    static func main() async throws {
        try await makeVirtualHosts().run()
    }
}

/// Several capsules on one port, each with its routes and its certificate.
func makeVirtualHosts() throws -> Capsule {
    let hosts = try [
        CapsuleHost("localhost", aliases: ["127.0.0.1", "::1"]) { routes in
            routes.page("/") { _ in
                .gemtext {
                    Heading("The house")
                    Link(to: Link.Target(encoding: "gemini://garden.localhost/"), "The garden")
                    Link(to: Link.Target(encoding: "gemini://attic.localhost/"), "The attic")
                }
            }
        },
        CapsuleHost("garden.localhost") { routes in
            routes.page("/") { context in .gemtext("# The garden\nIn \(context.host) the roses are out.") }
        },
        // Nobody has to write routes: any responder can be a host.
        CapsuleHost("attic.localhost", responder: .closure { _ in .failure(.gone, "The attic has been cleared") }),
    ]
    var options = CapsuleOptions()
    // Requests for other names, which without this are refused (53). Their clients are shown the first host's certificate.
    options.proxy = .closure { request in
        guard request.url.scheme == "gemini" else { return .failure(.proxyRequestRefused) }
        return .gemtext("# \(request.host) is not here\n=> gemini://localhost/ But the house is")
    }
    return try Capsule(hosts: hosts, options: options)
}
