import ArgumentParser
import GeminiGateway
import GeminiProtocol
import GeminiServer
import Logging

/// Which daemons answer requests.
struct DaemonOptions: ParsableArguments {
    @Option(
        name: .customLong("scgi"),
        help: ArgumentHelp(
            "Have a daemon answer by SCGI whatever is beneath a path, as in --scgi /wiki=127.0.0.1:4000 or --scgi /wiki=unix:/run/wiki.sock. Repeat it.",
            valueName: "path=address"
        ),
        transform: DaemonMount.init(argument:)
    )
    var scgi: [DaemonMount] = []

    @Option(
        name: .customLong("fastcgi"),
        help: ArgumentHelp(
            "The same by FastCGI. Where the daemon runs scripts of the folder that is served, it is told which.",
            valueName: "path=address"
        ),
        transform: DaemonMount.init(argument:)
    )
    var fastCGI: [DaemonMount] = []

    /// The names of each path.
    var paths: Set<[[UInt8]]> {
        Set((self.scgi + self.fastCGI).map(\.names))
    }

    func validate() throws {
        var taken: Set<[[UInt8]]> = []
        for mount in self.scgi + self.fastCGI where !taken.insert(mount.names).inserted {
            throw ValidationError("Two daemons are to answer for \(mount.path): name each path once.")
        }
    }

    /// The daemons as responders, and the names of the paths that they answer for.
    func responders(
        beneath folder: String,
        style: GatewayStyle,
        logger: Logger
    ) -> [(names: [[UInt8]], responder: any Responder)] {
        var options = BackendOptions()
        options.style = style
        options.server.software = "canaveral/\(Canaveral.version)"
        options.logger = logger
        var responders: [(names: [[UInt8]], responder: any Responder)] = []
        for mount in self.scgi {
            responders.append((mount.names, SCGI(to: mount.address, options: options)))
        }
        options.documentRoot = folder
        for mount in self.fastCGI {
            responders.append((mount.names, FastCGI(to: mount.address, options: options)))
        }
        return responders
    }
}

/// `PATH=ADDRESS` on the command line.
struct DaemonMount: Sendable {
    var path: String
    /// The names of the path.
    var names: [[UInt8]]
    var address: BackendAddress

    init(argument: String) throws {
        guard let equals = argument.firstIndex(of: "="), argument.first == "/" else {
            throw ValidationError("it takes a path, =, and an address, as in /wiki=127.0.0.1:4000.")
        }
        self.path = String(argument[..<equals])
        self.names = self.path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        let dot = UInt8(ascii: ".")
        guard !self.names.contains(where: { $0 == [dot] || $0 == [dot, dot] }) else {
            throw ValidationError("'\(self.path)' is no path: leave out '.' and '..'.")
        }
        do {
            self.address = try BackendAddress(String(argument[argument.index(after: equals)...]))
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
