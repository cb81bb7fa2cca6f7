import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

#if os(Linux) && canImport(Glibc)
import Glibc

/// Out of descriptors, in a process of its own.
@Suite("Descriptors", .timeLimit(.minutes(10)))
struct DescriptorTests {
    private static func makeSocket() throws -> CInt {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        return descriptor
    }

    private static func connect(_ descriptor: CInt, to address: SocketAddress) throws {
        try #require(address.withSockAddr { Glibc.connect(descriptor, $0, socklen_t($1)) } == 0)
    }

    /// Asked for by name: Dispatch, which is in every Swift process, ends one in which it finds no descriptor when it looks
    /// after its threads, once a second, and on a busy machine the time without any can last that long. It is why
    /// connections leave half of the descriptors alone, whatever the limits say.
    @Test(
        "Connections that come while there are no descriptors are served when there are some again",
        .enabled(if: getenv("CANAVERAL_TEST_EXHAUSTION") != nil)
    )
    func exhausted() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 100, rlim_max: 100)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            var limits = Limits()
            limits.maximumConnections = 1000
            try await withServer(limits: limits) { server in
                let first = try await server.answer(to: "gemini://localhost/")
                try #require(first.closeNotify)
                try #require(await server.becomesIdle())

                let clients = try (0..<4).map { _ in try Self.makeSocket() }
                var taken: [CInt] = []
                while case let descriptor = dup(0), descriptor >= 0 { taken.append(descriptor) }
                try #require(taken.count > 10)
                for client in clients { try Self.connect(client, to: server.address) }
                let isRefused = await eventually { server.log.contains("Connections cannot be accepted") }
                for descriptor in taken { close(descriptor) }
                try #require(isRefused)
                try #require(await eventually { server.running.connectionCount == clients.count })
                let last = try await server.answer(to: "gemini://localhost/")
                try #require(last.closeNotify)
                for client in clients { close(client) }
                try #require(await server.becomesIdle())
            }
        }
    }
}
#endif
