import Canaveral
import GeminiServer
import TestSupport
import Testing

@Suite("A capsule as a program")
struct ServingTests {
    @Test("What is to be mended is told in a sentence, and ends the process with 78")
    func mistakes() async throws {
        let result = await #expect(processExitsWith: .exitCode(78), observing: [\.standardErrorContent]) {
            await Capsule.serve {
                try Capsule { routes in
                    routes.page("/a") { _ in .text("") }
                    routes.page("/a") { _ in .text("") }
                }
            }
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.hasPrefix("The routes /a ("), "\(text)")
        #expect(text.split(separator: "\n").count == 1, "\(text)")
    }

    @Test("Where it listens, and how")
    func listeners() throws {
        let identity = HostIdentity { _ in try makeHost(["localhost"], .closure { _ in .notFound }).identity }
        var options = CapsuleOptions()
        options.accessLog = .none
        options.port = 7
        let standard = try Capsule(identity: identity, options: options) { _ in }.serverConfiguration()
        #expect(standard.listeners == ListenAddress.loopback(port: 7).map(ListenerConfiguration.init))

        var onion = ListenerConfiguration(.unixSocket("/run/onion.sock"))
        onion.tls = false
        options.listeners = [onion]
        options.addresses?.append(ListenAddress(host: "127.0.0.1"))
        let chosen = try Capsule(identity: identity, options: options) { _ in }.serverConfiguration()
        #expect(chosen.listeners == [onion, ListenerConfiguration(ListenAddress(host: "127.0.0.1"))])
    }

    @Test("A port that is none is an error, not the end of the process")
    func port() async throws {
        var options = CapsuleOptions()
        options.port = 70_000
        options.accessLog = .none
        let identity = HostIdentity { _ in try makeHost(["localhost"], .closure { _ in .notFound }).identity }
        let capsule = try Capsule(identity: identity, options: options) { _ in }
        let error = await #expect(throws: ListenError.self) { try await capsule.start() }
        #expect(error?.description.hasPrefix("70000 is no port") == true)
    }
}
