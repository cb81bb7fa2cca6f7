package import Canaveral
package import GeminiProtocol
package import GeminiServer

/// Who is let in, and how often. Those of server, host and location all count.
package struct PolicySettings: Hashable, Sendable {
    package var rateLimits: [RateLimitRule] = []
    package var addresses = AddressRules()
    package var certificates: CertificatePolicy?

    package init() {}

    /// Whether there is nothing to look at.
    package var isOpen: Bool {
        self.rateLimits.isEmpty && self.addresses.admitsEverybody && self.certificates == nil
    }
}

/// Which certificates a zone wants.
package struct CertificatePolicy: Hashable, Sendable {
    /// What those read who are not let in.
    package var prompt: String?
    /// `nil`: every certificate, unless there are authorities.
    package var allowed: Set<Fingerprint>?
    /// Files and folders.
    package var authorities: [String] = []

    package init(prompt: String? = nil, allowed: Set<Fingerprint>? = nil) {
        self.prompt = prompt
        self.allowed = allowed
    }
}

extension PolicySettings {
    enum Keys {
        static let rateLimit = Setting(
            "rate-limit",
            .list(of: .rateLimit),
            """
            How many requests an address (or an IPv6 network of 64 bits) may make in which time: N/[P]{s,m,h,d}, as 60/5m. \
            What is more is answered 44 with the seconds to wait; who goes on regardless is refused before the handshake for \
            a while that grows.
            """,
            example: "[\"10/s\", \"600/h\"]"
        )
        static let allow = Setting(
            "allow-from",
            .nonEmptyList(of: .addressRange),
            "Only these addresses are answered; others get 50.",
            example: "[\"192.0.2.0/24\"]"
        )
        static let deny = Setting(
            "deny-from",
            .list(of: .addressRange),
            "These addresses get 50, also where allow-from has them.",
            example: "[\"192.0.2.66\"]"
        )
        static let require = Setting(
            "require-certificate",
            .flag,
            "Whether visitors need a certificate that is valid now: 60 without, 62 where it has expired or is not valid yet.",
            standard: "false",
            example: "true"
        )
        static let prompt = Setting(
            "certificate-prompt",
            .text,
            "What those read who are asked for a certificate, or, behind the fingerprint of theirs, refused with it.",
            standard: "\"Please identify yourself with a certificate\"",
            example: "\"Members only\""
        )
        static let allowed = Setting(
            "allow-certificates",
            .nonEmptyList(
                of: .fingerprint,
                "name who is let in, or set 'require-certificate' in its place for everybody who shows a certificate"
            ),
            """
            Fingerprints of the certificates, or of their public keys, that are let in; others get 61. SHA-256, in any \
            spelling. It requires a certificate by itself.
            """,
            example: "[\"SHA256:86341FB4D0C79FE2D5DBC8F9E67FB0BE0B4E0A2F83EBEB8F5B4F1A2C3D4E5F60\"]"
        )
        static let authorities = Setting(
            "certificate-authorities",
            .nonEmptyList(
                of: .path,
                "name a file, or set 'require-certificate' in its place for everybody who shows a certificate"
            ),
            """
            Files, or folders of files, with the certificates of authorities: who shows a certificate that one of them signed is \
            let in, besides those that allow-certificates has; others get 61. It requires a certificate by itself.
            """,
            example: "[\"/etc/canaveral/crew-ca.pem\"]"
        )
    }

    static var settings: [SettingDescription] {
        [
            Keys.rateLimit.description, Keys.allow.description, Keys.deny.description, Keys.require.description,
            Keys.prompt.description, Keys.allowed.description, Keys.authorities.description,
        ].map { $0.of(.policy) }
    }

    init(_ table: TableReader) {
        self.rateLimits = table[Keys.rateLimit] ?? []
        self.addresses = AddressRules(allowed: table[Keys.allow] ?? [], denied: table[Keys.deny] ?? [])
        let prompt = table[Keys.prompt]
        let require = table[Keys.require]
        let allowed = table[Keys.allowed]
        let authorities = table[Keys.authorities]
        guard require == true || table.has(Keys.allowed) || table.has(Keys.authorities) else {
            if prompt != nil {
                table.report(
                    "Nobody is asked: set 'require-certificate' too.",
                    at: Keys.prompt.name,
                    severity: .warning
                )
            }
            return
        }
        if require == false {
            table.report(
                "It contradicts allow-certificates or certificate-authorities, which require one.",
                at: Keys.require.name
            )
        }
        var policy = CertificatePolicy()
        policy.prompt = prompt
        policy.allowed = allowed.map(Set.init)
        policy.authorities = authorities ?? []
        self.certificates = policy
    }
}
