#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a service manager such as systemd says in the environment of a process that it starts (sd_notify(3),
/// sd_listen_fds(3)).
package struct ServiceEnvironment: Hashable, Sendable {
    static let names = [
        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES",
        "LOGS_DIRECTORY", "RUNTIME_DIRECTORY",
    ]

    private let variables: [String: String]

    package init(_ variables: [String: String]) {
        self.variables = variables.filter { Self.names.contains($0.key) }
    }

    subscript(name: String) -> String? {
        self.variables[name]
    }

    /// The folders that the manager keeps for logs (`LogsDirectory=`).
    var logFolders: [String] { self.folders("LOGS_DIRECTORY") }

    /// The folders that the manager keeps for sockets (`RuntimeDirectory=`).
    var socketFolders: [String] { self.folders("RUNTIME_DIRECTORY") }

    private func folders(_ name: String) -> [String] {
        (self[name] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    /// Reads the environment of this process and takes the manager's variables out of it: what this process starts is not
    /// meant by them. To be called before there is a second thread, which could look at the environment at the same time.
    package static func take() -> ServiceEnvironment {
        var variables: [String: String] = [:]
        for name in Self.names {
            if let value = getenv(name) { variables[name] = String(cString: value) }
            unsetenv(name)
        }
        return ServiceEnvironment(variables)
    }
}
