package import GeminiProtocol
package import GeminiProxy
package import GeminiServer
import TOML

/// What `proxy` of a location says: another Gemini server that answers.
package struct ProxySettings: Hashable, Sendable {
    /// By what the origin's certificate is judged.
    package enum Trust: Hashable, Sendable {
        case firstUse, pinned, authority, system, anyone
    }

    package var url: GeminiURL
    package var name = OriginName.origin
    package var header: ProxyHeader.Version?
    package var trust = Trust.firstUse
    package var fingerprints: [Fingerprint] = []
    package var authority: String?
    package var certificate: String?
    package var key: String?
    package var connections = 256
    package var connectTimeout: Duration = .seconds(10)
    package var headerTimeout: Duration = .seconds(60)
    package var stallTimeout: Duration = .seconds(60)
    package var passesCertificateRequests = false
    package var takesUploads = true
    /// For problems: where its settings stand in the file.
    package var lines = SettingLines()

    package init(url: GeminiURL) {
        self.url = url
    }
}

extension ProxySettings {
    enum Keys {
        static let url = Setting(
            "url",
            .origin,
            "The address of what stands for the location's path: what is beneath goes beneath.",
            example: "\"gemini://localhost:1966/\""
        )
        static let name = Setting(
            "name",
            .originName,
            """
            The host that the other server is asked for: "origin" for the one of the address, "visitor" for the one that the \
            visitor asked for, or a name.
            """,
            standard: "\"origin\"",
            example: "\"visitor\""
        )
        static let header = Setting(
            "header",
            .proxyHeader,
            "Tell the other server the visitor's address by the PROXY protocol, which it has to expect: \"v1\" or \"v2\".",
            example: "\"v2\""
        )
        static let trust = Setting(
            "trust",
            .choice([
                "first-use": Trust.firstUse, "pinned": .pinned, "authority": .authority, "system": .system,
                "anyone": .anyone,
            ]),
            """
            How its certificate is judged: "first-use" remembers the one that is seen first, in known_hosts in the state \
            directory; "pinned" takes those of 'fingerprints'; "authority" what 'authority' signed; "system" what the \
            system's authorities signed; "anyone" takes every certificate.
            """,
            standard: "\"first-use\"",
            example: "\"pinned\""
        )
        static let fingerprints = Setting(
            "fingerprints",
            .nonEmptyList(of: .fingerprint, "name one, or leave the setting out"),
            "Its certificates, or their public keys, for \"pinned\".",
            example: "[\"SHA256:86341FB4D0C79FE2D5DBC8F9E67FB0BE0B4E0A2F83EBEB8F5B4F1A2C3D4E5F60\"]"
        )
        static let authority = Setting(
            "authority",
            .path,
            "A file of authorities' certificates, for \"authority\".",
            example: "\"/etc/canaveral/internal-ca.pem\""
        )
        static let certificate = Setting(
            "certificate",
            .path,
            "The certificate that we show it: ours, the same for all visitors.",
            example: "\"/etc/canaveral/proxy.pem\""
        )
        static let key = Setting(
            "key",
            .path,
            "Its key, where it is not in the same file.",
            example: "\"/etc/canaveral/proxy.key\""
        )
        static let connections = Setting(
            "connections",
            .count(),
            """
            Connections to it at once, a quarter of them for one address, or one IPv6 network of 64 bits; requests above \
            that are answered 41.
            """,
            standard: "256",
            example: "16"
        )
        static let connectTimeout = Setting(
            "connect-timeout",
            .duration(),
            "How long it may take to connect.",
            standard: "\"10s\"",
            example: "\"3s\""
        )
        static let headerTimeout = Setting(
            "header-timeout",
            .duration(),
            "How long it may take to answer.",
            standard: "\"60s\"",
            example: "\"10s\""
        )
        static let stallTimeout = Setting(
            "stall-timeout",
            .duration(),
            "How long it may be silent within a response.",
            standard: "\"60s\"",
            example: "\"20s\""
        )
        static let passesCertificateRequests = Setting(
            "pass-certificate-requests",
            .flag,
            "Whether visitors see its 60, 61 and 62, though their certificates never reach it; otherwise they see 43.",
            standard: "false",
            example: "true"
        )
        static let uploads = Setting(
            "uploads",
            .flag,
            "Whether Titan uploads are passed on.",
            standard: "true",
            example: "false"
        )
    }

    static let schema = TableSchema(
        "host.location.proxy",
        "Another Gemini server that answers. 'proxy = \"URL\"' is short for the address alone.",
        [
            Keys.url.description, Keys.name.description, Keys.header.description, Keys.trust.description,
            Keys.fingerprints.description, Keys.authority.description, Keys.certificate.description,
            Keys.key.description, Keys.connections.description, Keys.connectTimeout.description,
            Keys.headerTimeout.description, Keys.stallTimeout.description,
            Keys.passesCertificateRequests.description, Keys.uploads.description,
        ]
    )

    static let form = ValueForm<ProxySettings>.table(Self.schema, shorthand: "url") { ProxySettings($0) }

    init?(_ table: TableReader) {
        guard let url = table[Keys.url] else {
            if !table.has(Keys.url) { table.report("A proxy needs its 'url'.") }
            return nil
        }
        self.init(url: url)
        self.lines = table.lines
        if let name = table[Keys.name] { self.name = name }
        self.header = table[Keys.header]
        if let trust = table[Keys.trust] { self.trust = trust }
        self.fingerprints = table[Keys.fingerprints] ?? []
        self.authority = table[Keys.authority]
        self.certificate = table[Keys.certificate]
        self.key = table[Keys.key]
        if let count = table[Keys.connections] { self.connections = count }
        if let time = table[Keys.connectTimeout] { self.connectTimeout = time }
        if let time = table[Keys.headerTimeout] { self.headerTimeout = time }
        if let time = table[Keys.stallTimeout] { self.stallTimeout = time }
        self.passesCertificateRequests = table[Keys.passesCertificateRequests] ?? false
        self.takesUploads = table[Keys.uploads] ?? true
        self.checkTrust(table)
    }

    private func checkTrust(_ table: TableReader) {
        if (self.trust == .pinned) != table.has(Keys.fingerprints) {
            table.report("'trust = \"pinned\"' and 'fingerprints' need each other.", at: Keys.trust.name)
        }
        if (self.trust == .authority) != table.has(Keys.authority) {
            table.report("'trust = \"authority\"' and 'authority' need each other.", at: Keys.trust.name)
        }
        if self.key != nil, self.certificate == nil {
            table.report("A key needs the certificate that it belongs to.", at: Keys.key.name)
        }
    }
}

extension ValueForm where Value == OriginName {
    static var originName: ValueForm {
        ValueForm("\"origin\", \"visitor\" or a host name") { node in
            guard case .string(let text) = node else { return nil }
            switch text {
            case "origin": return .origin
            case "visitor": return .visitor
            default: return (try? Host(text)).map { .named($0) }
            }
        }
    }
}
