import ArgumentParser
import CanaveralConfiguration
import GeminiGateway

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

    /// The daemons as locations of the host.
    func locations(style: GatewayStyle) -> [LocationSettings] {
        self.scgi.map { $0.location(style: style, LocationSettings.Answer.scgi) }
            + self.fastCGI.map { $0.location(style: style, LocationSettings.Answer.fastCGI) }
    }
}

extension DaemonMount {
    fileprivate func location(
        style: GatewayStyle,
        _ answer: (DaemonSettings) -> LocationSettings.Answer
    ) -> LocationSettings {
        var settings = DaemonSettings(address: self.address)
        settings.style = style
        var location = LocationSettings(.prefix(self.path))
        location.answer = answer(settings)
        return location
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
