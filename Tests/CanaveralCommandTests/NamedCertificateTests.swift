import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

@Suite("Certificates in files that were named")
struct NamedCertificateTests {
    private static let identity = Result { try Identity.generate(names: ["localhost"], at: .now) }

    /// How a pair lies on disk.
    enum Form: CaseIterable {
        case onePEM, onePEMKeyFirst, twoPEM, twoDER, derAndPEM
    }

    @Test("PEM in one file or two, and DER, are served as they are", arguments: Form.allCases)
    func forms(_ form: Form) async throws {
        let identity = try Self.identity.get()
        let (certificate, key) = (Array(identity.certificatesPEM.utf8), Array(identity.privateKeyPEM.utf8))
        let files: (certificate: [UInt8], key: [UInt8]?) =
            switch form {
            case .onePEM: (certificate + key, nil)
            case .onePEMKeyFirst: (key + certificate, nil)
            case .twoPEM: (certificate, key)
            case .twoDER: (identity.leaf.der, identity.privateKey.pkcs8)
            case .derAndPEM: (identity.leaf.der, key)
            }
        let site = try Site()
        // Content decides, not the name.
        try site.folder.write(files.certificate, to: "pair.txt")
        if let key = files.key { try site.folder.write(key, to: "secret.txt") }
        let arguments = ["--tls-certfile", "pair.txt"] + (files.key == nil ? [] : ["--tls-keyfile", "secret.txt"])
        chmod(site.folder.path("pair.txt"), 0o600)
        chmod(site.folder.path("secret.txt"), 0o600)
        try await site.serve(arguments) { server async throws in
            #expect(try await server.certificate() == identity.leaf.der)
            #expect(server.values("Certificate").first?.contains("from pair.txt") == true)
            #expect(server.values("Fingerprint") == [identity.leaf.fingerprint.spelled(.jetforce)])
        }
        #expect(!FileManager.default.fileExists(atPath: site.state))
    }

    @Test("A key that others may read is served with, and warned of")
    func readableKey() async throws {
        let site = try Site()
        let identity = try Self.identity.get()
        try site.folder.write(identity.certificatesPEM, to: "c.pem")
        try site.folder.write(identity.privateKeyPEM, to: "k.pem")
        chmod(site.folder.path("k.pem"), 0o644)
        try await site.serve(["-c", "c.pem", "-k", "k.pem"]) { server async throws in
            #expect(server.notice.contains("chmod 600 k.pem"))
        }
    }

    @Test("What is wrong with the files is one sentence that names the file, and 78")
    func errors() async throws {
        let identity = try Self.identity.get()
        let other = try Identity.generate(names: ["localhost"], at: .now)
        let past = Timestamp(secondsSinceEpoch: Timestamp.now.secondsSinceEpoch - 86_400 * 20)
        let expired = try Identity.generate(names: ["localhost"], days: 10, at: past)
        let site = try Site()
        try site.folder.write(identity.certificatesPEM, to: "certificate.pem")
        try site.folder.write(identity.privateKeyPEM, to: "key.pem")
        try site.folder.write(other.privateKeyPEM, to: "other.pem")
        try site.folder.write(identity.certificatesPEM + other.privateKeyPEM, to: "mixed.pem")
        try site.folder.write(expired.pem, to: "expired.pem")
        try site.folder.write("", to: "empty.pem")
        try site.folder.write("-----BEGIN CERTIFICATE-----\nAAAA\n", to: "cut.pem")
        try site.folder.makeFolder("folder.pem")
        let vectors: [(arguments: [String], words: [String])] = [
            (["-c", "certificate.pem", "-k", "other.pem"], ["other.pem does not belong", "certificate.pem"]),
            (["-c", "mixed.pem"], ["mixed.pem does not belong"]),
            (["-c", "certificate.pem"], ["certificate.pem has no private key"]),
            (["-c", "key.pem"], ["key.pem has no certificate"]),
            (["-c", "certificate.pem", "-k", "missing.pem"], ["missing.pem"]),
            (["-c", "missing.pem", "-k", "key.pem"], ["missing.pem"]),
            (["-c", "certificate.pem", "-k", "certificate.pem"], ["certificate.pem has no private key"]),
            (["-c", "expired.pem"], ["expired.pem expired at"]),
            (["-c", "empty.pem"], ["empty.pem is empty"]),
            (["-c", "cut.pem"], ["cut.pem has a damaged certificate"]),
            (["-c", "folder.pem"], ["folder.pem"]),
            (["-c", "capsule/index.gmi"], ["index.gmi is neither PEM nor DER"]),
            (["-c", "/dev/zero"], ["/dev/zero"]),
        ]
        for (arguments, words) in vectors {
            let result = try await site.run(["capsule", "-p", "0"] + arguments)
            #expect(result.status == .exit(78), "\(arguments)")
            let sentence = result.sentence
            #expect(sentence != nil, "\(arguments): \(result.errors)")
            for word in words { #expect(sentence?.contains(word) == true, "\(arguments): \(result.errors)") }
        }
    }

    @Test("What --cn, --san and --days cannot change of it is said")
    func inVain() async throws {
        let site = try Site()
        chmod(try site.folder.write(try Self.identity.get().pem, to: "pair.pem"), 0o600)
        for (arguments, flags) in [
            (["--cn", "x", "--san", "localhost", "-D", "3650"], "--cn"),
            (["--cn", "localhost", "--san", "10.0.0.1", "-D", "3649"], "--san, --days"),
            (["--cn", "localhost", "--san", "localhost", "-D", "3650"], nil),
        ] as [([String], String?)] {
            try await site.serve(["-c", "pair.pem"] + arguments) { server async throws in
                let text = "The certificate in pair.pem is used as it is, without "
                #expect(server.notice.contains(text) == (flags != nil), "\(server.notice)")
                if let flags { #expect(server.notice.contains("\(text)\(flags): ")) }
            }
        }
    }

    @Test("Without a terminal, files that are not there are an error that says how to get them")
    func missing() async throws {
        let site = try Site()
        for arguments in [["-c", "new.pem"], ["-c", "new.pem", "-k", "new.key"]] {
            let result = try await site.run(["capsule", "-p", "0"] + arguments)
            #expect(result.status == .exit(78))
            let sentence = try #require(result.sentence, "\(result.errors)")
            for argument in arguments.filter({ $0.hasPrefix("new") }) { #expect(sentence.contains(argument)) }
            #expect(sentence.contains("--generate-cert"))
        }
        #expect(!FileManager.default.fileExists(atPath: site.folder.path("new.pem")))
    }

    @Test("--generate-cert makes the files, and keeps what was there as .old", arguments: [false, true])
    func generated(_ separate: Bool) async throws {
        let site = try Site()
        let arguments = ["-c", "c.pem"] + (separate ? ["-k", "k.pem"] : []) + ["--generate-cert"]
        var fingerprints: [[String]] = []
        for old in ["", ".old", ".old.1"] {
            try await site.serve(arguments) { server async throws in
                fingerprints.append(server.values("Public key"))
                let kept = "; what was there is now \(separate ? "k.pem\(old) and " : "")c.pem\(old)"
                #expect(
                    server.values("Certificate").first?.hasSuffix("made now in c.pem\(old.isEmpty ? "" : kept)")
                        == true,
                    "\(server.notice)"
                )
            }
        }
        #expect(Set(fingerprints).count == 3)
        func path(_ name: String) -> String { site.folder.path(name) }
        func publicKey(_ suffix: String) throws -> [String] {
            let identity = try Identity.load(
                from: path("c.pem\(suffix)"),
                keyPath: separate ? path("k.pem\(suffix)") : nil,
                at: .now
            )
            return [identity.leaf.publicKeyFingerprint?.spelled(.jetforce) ?? ""]
        }
        #expect(try ["old", "old.1"].map { try publicKey(".\($0)") } == Array(fingerprints.prefix(2)))
        #expect(try publicKey("") == fingerprints[2])
        let keyFile = separate ? "k.pem" : "c.pem"
        let mode = try FileManager.default.attributesOfItem(atPath: path(keyFile))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
