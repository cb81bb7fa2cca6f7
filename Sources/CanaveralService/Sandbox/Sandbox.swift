import CLinux

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Keeps this process to what it needs of files, TCP ports and other processes, by Landlock, for as long as it lives.
package enum Sandbox {
    /// What became of it.
    package enum Outcome: Hashable, Sendable, CustomStringConvertible {
        /// It is closed, as far as a version of Landlock goes.
        case closed(version: Int)
        /// The kernel has no Landlock.
        case unavailable

        /// What the kernel does not keep the server from, as one sentence; `nil` where there is nothing to say.
        package var remark: String? {
            switch self {
            case .unavailable:
                #if os(Linux)
                "The server is not confined to its folders: this kernel has no Landlock, or it is not among those of its lsm= option."
                #else
                "The server is not confined to its folders: Landlock is there on Linux only."
                #endif
            case .closed(let version) where version < 4:
                "The server is confined to its folders, but not to its ports, for which Linux 6.7 is needed."
            case .closed:
                nil
            }
        }

        package var description: String {
            switch self {
            case .closed(let version): "closed by Landlock \(version)"
            case .unavailable: "unavailable"
            }
        }
    }

    /// Whether this kernel has Landlock.
    package static var isAvailable: Bool { clinux_landlock_version() > 0 }

    /// Closes the sandbox around the process.
    ///
    /// It holds for a thread and for those that it starts, so this has to come before there is a second one: in `main()`
    /// before the first `await` that leaves the main thread. Sockets and files that are open stay so. What is allowed has to
    /// exist by now: the state directory is made before. Nothing opens it again, and what the process starts is in it too.
    ///
    /// - Throws: ``SandboxError``, and nothing is closed then. That the kernel has no Landlock is no error.
    @discardableResult
    package static func close(with rules: SandboxRules) throws(SandboxError) -> Outcome {
        if let count = Threads.count(), count > 1 { throw .threads(count) }
        return try self.closeThread(with: rules)
    }

    /// Closes it around this thread and those that it starts from here on.
    static func closeThread(
        with rules: SandboxRules,
        version: Int = Int(clinux_landlock_version())
    ) throws(SandboxError) -> Outcome {
        guard version > 0 else { return .unavailable }
        let ruleset = try self.makeRuleset(rules, version: version)
        defer { _ = Self.close(ruleset) }
        guard clinux_landlock_restrict(ruleset) == 0 else { throw .refused("restrict", errno: errno) }
        return .closed(version: version)
    }

    private static func makeRuleset(_ rules: SandboxRules, version: Int) throws(SandboxError) -> CInt {
        let known = FileRights.known(to: version)
        let hasPorts = version >= 4
        let ports = [
            (rules.openPorts.bind, UInt64(CLINUX_LANDLOCK_BIND_TCP)),
            (rules.openPorts.connect, UInt64(CLINUX_LANDLOCK_CONNECT_TCP)),
        ]
        var network: UInt64 = 0
        for case (.some, let right) in ports where hasPorts { network |= right }
        let scoped = UInt64(CLINUX_LANDLOCK_SCOPE_ABSTRACT_SOCKETS | CLINUX_LANDLOCK_SCOPE_SIGNALS)
        let ruleset = clinux_landlock_make(CInt(version), known.rawValue, network, version >= 6 ? scoped : 0)
        guard ruleset >= 0 else { throw .refused("create", errno: errno) }
        do throws(SandboxError) {
            for place in rules.places {
                let rights = place.rights.intersection(known).rawValue
                guard clinux_landlock_allow_path(ruleset, place.path, rights) != 0 else { continue }
                guard place.isOptional else { throw .place(place.path, errno: errno) }
            }
            for case (.some(let ports), let right) in ports where hasPorts {
                for port in ports where clinux_landlock_allow_port(ruleset, port, right) != 0 {
                    throw .refused("port \(port)", errno: errno)
                }
            }
        } catch {
            _ = Self.close(ruleset)
            throw error
        }
        return ruleset
    }

    private static func close(_ descriptor: CInt) -> CInt {
        #if canImport(Darwin)
        Darwin.close(descriptor)
        #elseif canImport(Glibc)
        Glibc.close(descriptor)
        #elseif canImport(Musl)
        Musl.close(descriptor)
        #endif
    }
}
