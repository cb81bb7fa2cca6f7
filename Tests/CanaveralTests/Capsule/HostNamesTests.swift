import Canaveral
import CanaveralTesting
import GeminiServer
import GeminiTLS
import NIOConcurrencyHelpers
import Testing

@Suite("Names of a capsule's hosts", .timeLimit(.minutes(10)))
struct HostNamesTests {
    private static func host(
        _ name: String,
        _ aliases: String...,
        identity: HostIdentity = .automatic
    ) throws
        -> CapsuleHost
    {
        try CapsuleHost(name, aliases: aliases, identity: identity) { routes in
            routes.page("/") { context in .text("\(name) as \(context.request.url.host)") }
        }
    }

    @Test(
        "An alias with a star is every host one label beneath that no other has by name",
        arguments: Transport.allCases
    )
    func wildcards(_ transport: Transport) async throws {
        let capsule = try Capsule(hosts: [
            Self.host("people.example", "www.people.example", "*.people.example"), Self.host("ada.people.example"),
        ])
        try await capsule.test(transport) { client async throws in
            for (host, answer) in [
                ("people.example", "people.example as people.example"),
                ("WWW.people.example", "people.example as www.people.example"),
                ("bob.people.example", "people.example as bob.people.example"),
                ("ada.people.example", "ada.people.example as ada.people.example"),
            ] {
                #expect(try await client.get("gemini://\(host)/").text == answer)
            }
            for host in ["a.bob.people.example", "example", "xpeople.example"] {
                #expect(try await client.get("gemini://\(host)/").is(.proxyRequestRefused), "\(host)")
            }
        }
    }

    @Test("A pattern is in the certificate, and opens the capsule to more than this machine")
    func start() throws {
        let asked = NIOLockedValueBox<[String]>([])
        let identity = HostIdentity { names in
            asked.withLockedValue { $0 = names }
            return .fixed(try Identity.generate(names: names, at: .now))
        }
        for (pattern, addresses) in [
            ("*.example.org", ListenAddress.any()), ("*.localhost", ListenAddress.loopback()),
        ] {
            let capsule = try Capsule(hosts: [Self.host("localhost", pattern, identity: identity)])
            #expect(try capsule.serverConfiguration().listeners == addresses.map { ListenerConfiguration($0) })
            #expect(asked.withLockedValue { $0 } == ["localhost", pattern])
        }
    }

    @Test("What is no pattern, and a pattern of two hosts, are errors")
    func mistakes() throws {
        for alias in ["*", "*example.org", "*.127.0.0.1"] {
            let error = #expect(throws: CapsuleError.self) { try Self.host("localhost", alias) }
            #expect(error?.description.hasPrefix("'\(alias)' is no pattern for hosts: write *.example.org") == true)
        }
        #expect(throws: CapsuleError.self) { try Self.host("*.example.org") }
        let error = #expect(throws: CapsuleError.self) {
            try Capsule(hosts: [Self.host("a.test", "*.example.org"), Self.host("b.test", "*.Example.org.")])
        }
        #expect(error?.description == "Two hosts go by the pattern *.example.org: give it to one of them.")
    }
}
