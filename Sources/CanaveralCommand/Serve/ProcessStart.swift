import ArgumentParser
import CanaveralService
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// PROTOTYPE of the synchronous stage.
enum ProcessStart {
    static let notifier = NIOLockedValueBox<ServiceNotifier?>(nil)
    static let sockets = NIOLockedValueBox<InheritedSockets?>(nil)
    static let bound = NIOLockedValueBox<BoundSockets?>(nil)

    static func prepare(_ arguments: [String]) throws {
        guard let command = try? Canaveral.parseAsRoot(arguments) as? ServeCommand else { return }
        let environment = ServiceEnvironment.take()
        self.notifier.withLockedValue { $0 = try? ServiceNotifier(environment: environment) }
        let inherited = try InheritedSockets(environment: environment)
        self.sockets.withLockedValue { $0 = inherited }
        try Hardening.apply()
        let user = try ServiceUser(user: command.user, group: nil)
        let folder = ServedFolder(command.namedFolder ?? ".").path
        if user != nil {
            let bound = try BoundSockets(for: command.listen.listenAddresses())
            self.bound.withLockedValue { $0 = bound }
        }
        var rules = SandboxRules()
        rules.serve(folder)
        if let state = command.certificate.stateDirectory { rules.write(state) }
        rules.bindPorts = [UInt16(command.listen.port)]
        try user?.assume()
        if !command.noSandbox {
            let outcome = try Sandbox.close(with: rules)
            Terminal.notice("sandbox: \(outcome) \(outcome.remark ?? "") \(rules.remarks)")
        }
    }

    static func addresses(_ addresses: [ListenAddress]) throws -> [ListenAddress] {
        let bound = self.bound.withLockedValue { $0 }
        let sockets = self.sockets.withLockedValue { $0 }
        return try addresses.flatMap { address -> [ListenAddress] in
            if let host = address.host, host.hasPrefix("systemd:") {
                return try sockets!.descriptors(named: String(host.dropFirst(8))).map {
                    .inherited(descriptor: $0, name: String(host.dropFirst(8)))
                }
            }
            return [bound?[address] ?? address]
        }
    }

    static func beat() async throws {
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() { try await loop.submit {}.get() }
    }
}
