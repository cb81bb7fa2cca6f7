import ArgumentParser
import CanaveralConfiguration
import GeminiProtocol
import GeminiServer

/// Which requests and connections go to other servers.
struct ProxyOptions: ParsableArguments {
    @Option(
        name: .customLong("proxy"),
        help: ArgumentHelp(
            "Ask another Gemini server for a path and everything beneath it, as in --proxy /wiki=gemini://localhost:1966/. Repeat it. Uploads are passed on too. The other server is asked for the host in the URL; its certificate is remembered when it is first seen, in known_hosts in the state directory.",
            valueName: "path=url"
        ),
        transform: ProxyMount.init(argument:)
    )
    var proxies: [ProxyMount] = []

    @Option(
        name: .customLong("pass-through"),
        help: ArgumentHelp(
            "Hand connections for a host name as they are to another server, which sees the visitor's certificate, as in --pass-through astro.example.org=127.0.0.1:1966. Repeat it.",
            valueName: "host=address"
        ),
        transform: PassThroughArgument.init(argument:)
    )
    var passThrough: [PassThroughArgument] = []

    @Option(
        help: ArgumentHelp(
            "Tell those servers the visitor's address by the PROXY protocol, which they have to expect: v1 or v2. (default: it is not told)",
            valueName: "version"
        ),
        completion: .list(["v1", "v2"]),
        transform: OptionValue(expectation: "v1 or v2", read: { ["v1": .v1, "v2": .v2][$0] }).transform
    )
    var proxyHeader: ProxyHeader.Version?

    func validate() throws {
        var taken: Set<[[UInt8]]> = []
        for proxy in self.proxies where !taken.insert(proxy.names).inserted {
            throw ValidationError("Two servers are to answer for \(proxy.path): name each path once.")
        }
        if self.proxyHeader != nil, self.proxies.isEmpty, self.passThrough.isEmpty {
            throw ValidationError("--proxy-header needs --proxy or --pass-through: say to whom it is sent.")
        }
    }

    /// The servers as locations of the host.
    func locations() -> [LocationSettings] {
        self.proxies.map { proxy in
            var settings = ProxySettings(url: proxy.origin)
            settings.header = self.proxyHeader
            var location = LocationSettings(.prefix(proxy.path))
            location.answer = .proxy(settings)
            return location
        }
    }

    /// The hosts that are passed through.
    func hosts() -> [HostSettings] {
        self.passThrough.map { argument in
            var host = HostSettings(names: [.exact(argument.name)])
            host.passThrough = PassThroughSettings(backEnd: argument.backEnd)
            host.passThrough?.header = self.proxyHeader
            return host
        }
    }
}

/// `PATH=URL` on the command line.
struct ProxyMount: Sendable {
    var path: String
    /// The names of the path.
    var names: [[UInt8]]
    var origin: GeminiURL

    init(argument: String) throws {
        guard let equals = argument.firstIndex(of: "="), argument.first == "/" else {
            throw ValidationError("it takes a path, =, and a URL, as in /wiki=gemini://localhost:1966/.")
        }
        self.path = String(argument[..<equals])
        self.names = self.path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        let dot = UInt8(ascii: ".")
        guard !self.names.contains(where: { $0 == [dot] || $0 == [dot, dot] }) else {
            throw ValidationError("'\(self.path)' is no path: leave out '.' and '..'.")
        }
        let text = String(argument[argument.index(after: equals)...])
        guard let origin = try? GeminiURL(text), origin.scheme == "gemini", origin.query == nil, origin.fragment == nil
        else {
            throw ValidationError(
                "'\(text)' is no gemini:// address without a query, such as gemini://localhost:1966/."
            )
        }
        self.origin = origin
    }
}

/// `HOST=ADDRESS` on the command line.
struct PassThroughArgument: Sendable {
    var name: Host
    var backEnd: PassThroughHost.BackEnd

    init(argument: String) throws {
        guard let equals = argument.firstIndex(of: "="), let name = try? Host(String(argument[..<equals])),
            name.name != nil
        else {
            throw ValidationError("it takes a host name, =, and an address, as in astro.example.org=127.0.0.1:1966.")
        }
        self.name = name.withoutTrailingDot
        let text = String(argument[argument.index(after: equals)...])
        guard let backEnd = PassThroughHost.BackEnd(settingText: text) else {
            throw ValidationError("'\(text)' is no address of a server, such as 127.0.0.1:1966 or [::1]:1966.")
        }
        self.backEnd = backEnd
    }
}
