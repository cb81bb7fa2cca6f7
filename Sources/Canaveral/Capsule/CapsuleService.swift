import GeminiProtocol
import GeminiServer
import GeminiTLS
import Logging
import NIOCore
import ServiceLifecycle

/// The run of a capsule's server within a group of services.
struct CapsuleService: Service {
    let capsule: Capsule

    func run() async throws {
        let configuration = try self.capsule.serverConfiguration()
        let running = try await Server(configuration).start()
        for (url, host) in zip(self.urls(of: running), configuration.hosts) {
            let key = host.identity.current.leaf.publicKeyFingerprint.map {
                ", known by its key \($0.spelled(.jetforce))"
            }
            self.capsule.options.logger.notice("Serving \(url)\(key ?? "")")
        }
        // For ever, as far as a clock goes: until the group shuts down or the task is cancelled.
        await cancelWhenGracefulShutdown {
            try? await Task.sleep(for: .seconds(Int64.max / 1_000_000_000))
        }
        await running.shutDown(grace: self.capsule.options.grace)
    }

    private func urls(of running: RunningServer) -> [String] {
        let port = running.addresses.first?.port ?? Int(GeminiURL.defaultPort)
        return self.capsule.hosts.map {
            "gemini://\($0.names[0])\(port == Int(GeminiURL.defaultPort) ? "" : ":\(port)")/"
        }
    }
}
