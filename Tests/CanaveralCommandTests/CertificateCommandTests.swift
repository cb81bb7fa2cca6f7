import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

@Suite("canaveral certificate")
struct CertificateCommandTests {
    private static func publicKey(_ path: String, key: String? = nil) throws -> Fingerprint? {
        try Identity.load(from: path, keyPath: key, at: .now).leaf.publicKeyFingerprint
    }

    @Test("show tells names, validity, key, fingerprints and the TLSA record, of a file and of the state directory")
    func show() async throws {
        let site = try Site()
        let making = ["--hostname", "example.org", "--san", "192.0.2.7", "--days", "90", "--cn", "My capsule"]
        for location in [[], ["pair.pem"]] {
            #expect(try await site.run(["certificate", "generate"] + location + making).status == .exit(0))
            let path = location.first ?? site.state + "/example.org.pem"
            let result = try await site.run(
                ["certificate", "show", "--port", "1966"]
                    + (location.isEmpty ? ["--hostname", "example.org"] : location)
            )
            #expect(result.status == .exit(0) && result.errors.isEmpty)
            let leaf = try Identity.load(from: location.first.map { site.folder.path($0) } ?? path, at: .now).leaf
            let key = try #require(leaf.publicKeyFingerprint)
            for text in [
                "file:         \(path)\n", "subject:      CN=My capsule\n", "issuer:       itself\n",
                "names:        example.org, 192.0.2.7\n", "key:          ECDSA P-256\n",
                "jetforce:   \(leaf.fingerprint.spelled(.jetforce))\n",
                "plain:      \(leaf.fingerprint.spelled(.lowerHexadecimal))\n",
                "openssl:    \(leaf.fingerprint.spelled(.colons))\n", "Lagrange:   \(key.spelled(.lowerHexadecimal))\n",
                "Amfora:     \(key.spelled(.upperHexadecimal))\n",
                "_1966._tcp.example.org. IN TLSA 3 1 1 \(key.spelled(.lowerHexadecimal))\n",
            ] {
                #expect(result.output.contains(text), "\(text): \(result.output)")
            }
            #expect(
                result.output.contains(/valid until:  20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z \(90 days left\)\n/)
            )
        }
    }

    @Test("A pattern for hosts names its file in the state directory, for show and for generate")
    func pattern() async throws {
        let site = try Site()
        let name = "*.users.example.org"
        let made = try await site.run("certificate", "generate", "--hostname", name)
        #expect(made.status == .exit(0), "\(made.errors)")
        let path = site.state + "/%2A.users.example.org.pem"
        let shown = try await site.run("certificate", "show", "--hostname", name)
        #expect(shown.status == .exit(0), "\(shown.errors)")
        #expect(shown.output.contains("file:         \(path)\n"))
        #expect(shown.output.contains("names:        \(name)\n"))
    }

    @Test("show reads a chain, DER, and a certificate that has expired or has no key")
    func showOthers() async throws {
        let site = try Site()
        let past = Timestamp(secondsSinceEpoch: Timestamp.now.secondsSinceEpoch - 86_400 * 20)
        let expired = try Identity.generate(names: ["old.example"], days: 10, at: past)
        let current = try Identity.generate(names: ["new.example"], at: .now)
        try site.folder.write(expired.leaf.der, to: "expired.der")
        try site.folder.write(current.certificatesPEM + expired.certificatesPEM, to: "chain.pem")
        #expect(try await site.run("certificate", "show", "expired.der").output.contains("(EXPIRED)"))
        let chain = try await site.run("certificate", "show", "chain.pem")
        #expect(chain.status == .exit(0))
        #expect(chain.output.contains("new.example") && chain.output.contains("old.example"))
        let fingerprint = try await site.run("certificate", "fingerprint", "chain.pem")
        #expect(fingerprint.output.contains(current.leaf.fingerprint.spelled(.jetforce)))
        #expect(!fingerprint.output.contains(expired.leaf.fingerprint.spelled(.jetforce)))
    }

    @Test(
        "show and fingerprint say that a key which is named belongs to the certificate, or that it does not",
        arguments: ["show", "fingerprint"]
    )
    func showKey(_ command: String) async throws {
        let site = try Site()
        let identity = try Identity.generate(names: ["localhost"], at: .now)
        try site.folder.write(identity.certificatesPEM, to: "leaf.pem")
        try site.folder.write(identity.privateKeyPEM, to: "own.key")
        try site.folder.write(try Identity.generate(names: ["localhost"], at: .now).privateKeyPEM, to: "other.key")
        try site.folder.write(
            "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMAA=\n-----END EC PRIVATE KEY-----\n",
            to: "enc.key"
        )
        let shown = try await site.run("certificate", command, "leaf.pem", "-k", "own.key")
        #expect(shown.status == .exit(0))
        #expect(command != "show" || shown.output.contains("private key:  own.key, which belongs to the certificate\n"))
        for (key, words) in [
            ("other.key", "other.key does not belong to the certificate in leaf.pem"),
            ("enc.key", "The private key in enc.key is encrypted"), ("missing.key", "There is no file missing.key"),
        ] {
            let result = try await site.run("certificate", command, "leaf.pem", "-k", key)
            #expect(result.status == .exit(78) && result.output.isEmpty, "\(result)")
            #expect(result.sentence?.contains(words) == true, "\(result.errors)")
        }
    }

    @Test("fingerprint says what a server of the same certificate says")
    func fingerprint() async throws {
        let site = try Site()
        let served = try await site.serve { $0.values("Fingerprint") + $0.values("Public key") }
        let result = try await site.run("certificate", "fingerprint")
        #expect(result.status == .exit(0))
        let spellings = served.compactMap { Fingerprint(parsing: $0) }
        #expect(spellings.count == 2)
        #expect(result.output.contains(spellings[0].spelled(.jetforce)))
        #expect(result.output.contains(spellings[1].spelled(.lowerHexadecimal)))
    }

    @Test("generate makes a pair in one file or two, and leaves one that is there alone unless it is forced to")
    func generate() async throws {
        let site = try Site()
        for (arguments, key) in [(["one.pem"], nil), (["two.pem", "--key", "two.key"], "two.key")]
            as [([String], String?)]
        {
            let path = site.folder.path(arguments[0])
            let keyPath = key.map { site.folder.path($0) }
            let made = try await site.run(["certificate", "generate"] + arguments)
            #expect(made.status == .exit(0) && made.output.hasPrefix("made:         \(arguments[0])\n"))
            let first = try Self.publicKey(path, key: keyPath)

            let refused = try await site.run(["certificate", "generate"] + arguments)
            #expect(refused.status == .exit(1))
            #expect(refused.output.isEmpty)
            #expect(refused.sentence?.contains(arguments[0]) == true && refused.sentence?.contains("--force") == true)
            #expect(try Self.publicKey(path, key: keyPath) == first)

            let forced = try await site.run(["certificate", "generate", "--force"] + arguments)
            #expect(forced.status == .exit(0))
            for name in [arguments[0], key].compactMap(\.self) {
                #expect(forced.output.contains("kept:         \(name).old\n"), "\(forced.output)")
            }
            #expect(try Self.publicKey(path, key: keyPath) != first)
            #expect(try Self.publicKey(path + ".old", key: keyPath.map { $0 + ".old" }) == first)
            let mode = try FileManager.default.attributesOfItem(atPath: keyPath ?? path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("generate --force in the state directory keeps the old pair")
    func generateInState() async throws {
        let site = try Site()
        #expect(try await site.run("certificate", "generate").status == .exit(0))
        let first = try Self.publicKey(site.state + "/localhost.pem")
        #expect(try await site.run("certificate", "generate").status == .exit(1))
        #expect(try await site.run("certificate", "generate", "--force").status == .exit(0))
        #expect(try Self.publicKey(site.state + "/localhost.pem") != first)
        #expect(try Self.publicKey(site.state + "/localhost.pem.old") == first)
    }

    @Test("renew keeps key and names, in a file, in two, and in the state directory, expired or not")
    func renew() async throws {
        let site = try Site()
        let past = Timestamp(secondsSinceEpoch: Timestamp.now.secondsSinceEpoch - 86_400 * 20)
        let expired = try Identity.generate(names: ["a.example", "192.0.2.1"], commonName: "A", days: 10, at: past)
        try site.folder.write(expired.pem, to: "one.pem")
        try site.folder.write(expired.leaf.der, to: "two.der")
        try site.folder.write(expired.privateKeyPEM, to: "two.key")
        for name in ["one.pem", "two.key"] { chmod(site.folder.path(name), 0o600) }
        try StateDirectory(path: site.state).save(expired, for: "a.example")
        let keyBefore = try Data(contentsOf: URL(fileURLWithPath: site.folder.path("two.key")))

        for (arguments, path, key) in [
            (["one.pem"], site.folder.path("one.pem"), nil),
            (["two.der", "-k", "two.key"], site.folder.path("two.der"), site.folder.path("two.key")),
            (["--hostname", "a.example"], site.state + "/a.example.pem", nil),
        ] as [([String], String, String?)] {
            let result = try await site.run(["certificate", "renew", "--days", "30"] + arguments)
            #expect(result.status == .exit(0), "\(result.errors)")
            let renewed = try Identity.load(from: path, keyPath: key, at: .now).leaf
            #expect(renewed.publicKeyFingerprint == expired.leaf.publicKeyFingerprint)
            #expect(renewed.fingerprint != expired.leaf.fingerprint)
            #expect(renewed.dnsNames == ["a.example"] && renewed.ipAddresses == ["192.0.2.1"])
            #expect(renewed.subject?.commonName == "A")
            #expect(result.output.contains(renewed.fingerprint.spelled(.jetforce)))
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: site.folder.path("two.key"))) == keyBefore)
        #expect(!FileManager.default.fileExists(atPath: site.folder.path("two.key.old")))
    }

    @Test("A certificate that is renewed beside a running server is served from the next start on")
    func renewBeside() async throws {
        let site = try Site()
        let before = try await site.serve { server async throws in
            #expect(try await site.runAlongside(["certificate", "renew"]).status == .exit(0))
            return try await server.certificate()
        }
        try await site.serve { server async throws in
            let after = Certificate(der: try await server.certificate())
            #expect(after.der != before)
            #expect(after.publicKeyFingerprint == Certificate(der: before).publicKeyFingerprint)
        }
    }

    @Test(
        "What cannot be done is one sentence, with nothing on standard output",
        arguments: [
            (["show"], "localhost.pem", 78), (["show", "missing.pem"], "missing.pem", 78),
            (["fingerprint"], "localhost.pem", 78),
            (["fingerprint", "capsule/index.gmi"], "index.gmi", 78), (["renew"], "localhost.pem", 78),
            (["renew", "--hostname", "b.example"], "b.example.pem", 78),
            (["renew", "leaf.pem"], "leaf.pem has no private key", 78),
            (["renew", "leaf.pem", "-k", "other.key"], "other.key does not belong", 78),
            (
                ["generate", "missing/new.pem"],
                "missing/new.pem cannot be written (No such file or directory): name a place in a folder that exists",
                78
            ),
            (["generate", "--force", "capsule"], "capsule", 1),
        ] as [([String], String, Int32)]
    )
    func errors(_ vector: (arguments: [String], words: String, status: Int32)) async throws {
        let site = try Site()
        let identity = try Identity.generate(names: ["localhost"], at: .now)
        try site.folder.write(identity.certificatesPEM, to: "leaf.pem")
        try site.folder.write(identity.pem, to: "pair.pem")
        try site.folder.write(try Identity.generate(names: ["localhost"], at: .now).privateKeyPEM, to: "other.key")
        for name in ["pair.pem", "other.key"] { chmod(site.folder.path(name), 0o600) }
        let result = try await site.run(["certificate"] + vector.arguments)
        #expect(result.status == .exit(vector.status), "\(result.errors)")
        #expect(result.output.isEmpty, "\(result.output)")
        #expect(result.sentence?.contains(vector.words) == true, "\(result.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
        #expect(!names.contains { $0.hasSuffix(".tmp") })
    }
}
