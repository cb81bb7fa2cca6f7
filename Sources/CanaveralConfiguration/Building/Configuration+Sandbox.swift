package import CanaveralService
import GeminiGateway
import GeminiProtocol
import GeminiServer

extension Configuration {
    /// What a server of this configuration may reach, and nothing else.
    ///
    /// - Parameters:
    ///   - file: the configuration's own, which is read again.
    ///   - stateDirectory: where it is if the configuration does not say.
    package func sandboxRules(file: String?, stateDirectory: String?) -> SandboxRules {
        var rules = SandboxRules()
        if let file { rules.readFile(file) }
        if self.stateDirectory == nil, let stateDirectory { rules.write(stateDirectory, isOptional: true) }
        var copy = self
        var programs: [String] = []
        var grants: [String] = []
        copy.forEachPath { path, use in
            switch use {
            case .root: rules.serve(path)
            case .roots(let placeholder): rules.read(Self.enclosingFolder(path, placeholder))
            case .uploads: rules.write(path)
            case .state: rules.write(path, isOptional: true)
            case .programs: programs.append(path)
            case .grant: grants.append(path)
            case .told: break
            case .file: rules.readFile(path)
            case .log: rules.append(to: path)
            case .socket: rules.bind(socket: path)
            }
        }
        // Uploads may go to the root that a host has for all of its locations.
        for path in self.uploadRoots { rules.write(path) }
        rules.bindPorts = self.boundPorts
        self.allowConnections(&rules)
        if !programs.isEmpty {
            let isConfined = self.answers.allSatisfy { if case .cgi(let cgi) = $0 { cgi.isConfined } else { true } }
            rules.runPrograms(
                system: CGI.Confinement.system,
                devices: CGI.Confinement.devices,
                readable: isConfined ? programs : ["/"],
                writable: isConfined ? grants : ["/"]
            )
            rules.lookUpUsers()
        }
        return rules
    }

    /// Who answers at locations, of all hosts.
    private var answers: [LocationSettings.Answer] {
        self.hosts.flatMap(\.locations).map(\.answer)
    }

    /// The folder in which those of a pattern are.
    static func enclosingFolder(_ pattern: String, _ placeholder: String) -> String {
        let before = pattern.split(separator: placeholder, omittingEmptySubsequences: false)[0]
        return before.lastIndex(of: "/").map { $0 == before.startIndex ? "/" : String(before[..<$0]) } ?? "."
    }

    private var uploadRoots: [String] {
        self.hosts.flatMap { host in
            let content = host.content.inheriting(from: self.content)
            return host.locations.compactMap { location -> String? in
                guard case .titan(let titan) = location.answer, titan.directory == nil else { return nil }
                return location.content.inheriting(from: content).root
            }
        }
    }

    /// `nil`: any, where the system picks one.
    private var boundPorts: Set<UInt16>? {
        var ports: Set<UInt16> = []
        if self.listeners.isEmpty { ports.insert(1965) }
        for listener in self.listeners {
            guard case .network(let address) = listener.address else { continue }
            guard Self.add(address, to: &ports) else { return nil }
        }
        if let metrics {
            guard Self.add(metrics, to: &ports) else { return nil }
        }
        return ports
    }

    /// - Returns: whether the port is known.
    private static func add(_ address: ListenAddress, to ports: inout Set<UInt16>) -> Bool {
        let port = address.port ?? 0
        guard port > 0, port <= 65_535 else { return false }
        ports.insert(UInt16(port))
        return true
    }

    /// The ports of daemons, other servers, and of name servers where there are names.
    private func allowConnections(_ rules: inout SandboxRules) {
        var ports: Set<UInt16> = []
        var hosts: [String] = []
        for answer in self.answers {
            switch answer {
            case .scgi(let settings), .fastCGI(let settings):
                if case .tcp(let host, let port) = settings.address {
                    hosts.append(host)
                    if let port = UInt16(exactly: port) { ports.insert(port) }
                }
            case .proxy(let settings):
                hosts.append("\(settings.url.host)")
                ports.insert(settings.url.effectivePort ?? 1965)
                if settings.trust == .system {
                    for path in ["/etc/ssl", "/etc/pki"] { rules.read(path, isOptional: true) }
                }
            case .files, .redirect, .header, .cgi, .titan: break
            }
        }
        for backEnd in self.hosts.compactMap({ $0.passThrough?.backEnd }) {
            hosts.append(backEnd.host)
            if let port = UInt16(exactly: backEnd.port) { ports.insert(port) }
        }
        rules.connectPorts = ports
        if !hosts.isEmpty { rules.resolveNames() }
    }
}
