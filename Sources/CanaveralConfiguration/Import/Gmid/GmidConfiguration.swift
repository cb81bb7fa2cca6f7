/// What a gmid.conf says.
struct GmidConfiguration: Sendable {
    /// `log { … }` of the whole server.
    struct Log: Sendable {
        var access: Located<String>?
        var style: Located<String>?
        var syslog: Located<Bool>?
        var facility: Located<String>?
    }

    /// A line of `types { … }`.
    struct MediaType: Sendable {
        var type: String
        var extensions: [String]
        var place: SourcePlace
        /// Whether it stands in a file that `types` includes, such as the system's mime.types.
        var isIncluded: Bool
    }

    var chroot: Located<String>?
    var user: Located<String>?
    var prefork: Located<String>?
    var protocols: Located<String>?
    /// Before version 2.
    var ipv6: Located<Bool>?
    /// Before version 2.
    var port: Located<Int>?
    var log = Log()
    var types: [MediaType] = []
    var servers: [GmidServer] = []
}

/// A `server` block.
struct GmidServer: Sendable {
    /// `listen on`.
    struct Listen: Sendable {
        var address: String
        var port: Int?
        var expectsProxyHeader: Bool
    }

    /// A name, or a pattern of names.
    var name: Located<String>
    var aliases: [Located<String>] = []
    var certificate: Located<String>?
    var key: Located<String>?
    var ocsp: Located<String>?
    var listens: [Located<Listen>] = []
    var options = GmidOptions()
    var locations: [GmidLocation] = []
    var proxies: [GmidProxy] = []
    /// Before version 2: which paths are programs.
    var cgi: Located<String>?
    /// Before version 2.
    var entrypoint: Located<String>?
    /// Before version 2: variables for programs.
    var environment: [Located<ConfigurationDocument.Member>] = []
    /// Before version 2: variables for FastCGI, which are a location's own now.
    var parameters: [Located<ConfigurationDocument.Member>] = []
}

/// A `location` block.
struct GmidLocation: Sendable {
    let pattern: Located<String>
    /// The paths that it is for.
    let paths: GlobPattern
    var options = GmidOptions()

    init(pattern: Located<String>) {
        self.pattern = pattern
        self.paths = GlobPattern(pattern.value)
    }
}

/// What a server and its locations both can have.
struct GmidOptions: Sendable {
    /// `block return`.
    struct Block: Sendable {
        var code = 40
        var meta = "temporary failure"
    }

    enum FastCGI: Sendable {
        case off
        /// A program for gmid to start, before version 2.
        case spawned
        case daemon(address: String, parameters: [ConfigurationDocument.Member], strip: Int)
    }

    var listing: Located<Bool>?
    var block: Located<Block>?
    var defaultType: Located<String>?
    var fastCGI: Located<FastCGI>?
    var index: Located<String>?
    var language: Located<String>?
    var log: Located<Bool>?
    var clientAuthority: Located<String>?
    var root: Located<String>?
    var strip: Located<Int>?
}

/// A `proxy` block.
struct GmidProxy: Sendable {
    var place: SourcePlace
    var scheme: Located<String>?
    var host: Located<String>?
    var port: Located<String>?
    var relay: Located<(host: String, port: Int)>?
    var certificate: Located<String>?
    var key: Located<String>?
    var protocols: Located<String>?
    var clientAuthority: Located<String>?
    var serverName: Located<String>?
    var usesTLS: Located<Bool>?
    var verifiesName: Located<Bool>?
    var sendsProxyHeader: Located<Bool>?
}
