import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

@Suite("Certificates that look after themselves")
struct StateCertificateTests {
    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("The first start makes one in a folder of its own, 0700 and 0600, and says so; the next start keeps it")
    func madeAndKept() async throws {
        let site = try Site()
        let made = try await site.serve { server async throws in
            #expect(
                server.values("Certificate").first?.contains("made now, kept in \(site.state)/localhost.pem") == true
            )
            let certificate = Certificate(der: try await server.certificate())
            #expect(server.values("Fingerprint") == [certificate.fingerprint.spelled(.jetforce)])
            #expect(server.values("Public key") == [certificate.publicKeyFingerprint?.spelled(.jetforce)])
            #expect(certificate.dnsNames == ["localhost"])
            #expect(certificate.publicKeyAlgorithm == "ECDSA P-256")
            return certificate
        }
        #expect(try Self.mode(site.folder.path("state")) == 0o700)
        #expect(try Self.mode(site.state) == 0o700)
        #expect(try Self.mode(site.state + "/localhost.pem") == 0o600)
        try await site.serve { server async throws in
            #expect(server.values("Certificate").first?.contains("kept in \(site.state)/localhost.pem") == true)
            #expect(server.values("Certificate").first?.contains("made now") == false)
            #expect(try await server.certificate() == made.der)
        }
    }

    @Test("A host name that is added gets into a new certificate for the same key")
    func addedName() async throws {
        let site = try Site()
        let first = try await site.serve("--hostname", "a.example", "--host", "127.0.0.1") { server async throws in
            Certificate(der: try await server.certificate(for: "a.example"))
        }
        let arguments = ["--hostname", "a.example", "--hostname", "b.example", "--host", "127.0.0.1"]
        let second = try await site.serve(arguments) { server async throws in
            #expect(server.values("Certificate").first?.contains("renewed now with the same key for b.example") == true)
            #expect(server.values("Certificate").first?.contains("no longer") == false)
            return Certificate(der: try await server.certificate(for: "b.example"))
        }
        #expect(Set(second.dnsNames) == ["a.example", "b.example"])
        #expect(second.fingerprint != first.fingerprint)
        #expect(second.publicKeyFingerprint == first.publicKeyFingerprint)
    }

    @Test("A name that is added is in place of one that is no longer asked for, and that is said")
    func replacedName() async throws {
        let site = try Site()
        try await site.serve("--san", "one.example,10.0.0.1") { _ in }
        try await site.serve("--san", "two.example") { server async throws in
            let text = "renewed now with the same key for two.example and no longer for one.example, 10.0.0.1, kept in"
            #expect(server.values("Certificate").first?.contains(text) == true, "\(server.notice)")
        }
    }

    @Test("What --cn, --san and --days cannot change of a certificate that is kept is said, and nothing else")
    func inVain() async throws {
        let site = try Site()
        let arguments = ["--cn", "My capsule", "--days", "30"]
        for _ in 1...2 {
            try await site.serve(arguments) { #expect(!$0.notice.contains("is used as it is")) }
        }
        try await site.serve("--cn", "Another", "--days", "31", "--san", "new.example") {
            // The new name has made a new certificate necessary, with all of it.
            #expect(!$0.notice.contains("is used as it is"))
        }
        try await site.serve("--cn", "My capsule", "--days", "90") { server async throws in
            let text =
                "The certificate in \(site.state)/localhost.pem is used as it is, without --cn, --days: those count"
            #expect(server.notice.contains(text), "\(server.notice)")
        }
    }

    #if os(Linux)
    @Test("A renewal that cannot be saved is used, and not said to be kept", .enabled(if: geteuid() == 0))
    func unsaved() async throws {
        let site = try Site()
        let past = Timestamp(secondsSinceEpoch: Timestamp.now.secondsSinceEpoch - 99 * 86_400)
        let identity = try Identity.generate(names: ["localhost"], days: 100, at: past)
        try StateDirectory(path: site.state).save(identity, for: "localhost")
        // A folder by the name of the lock keeps even the superuser from writing.
        unlink(site.state + "/.lock")
        try site.folder.makeFolder("state/canaveral/.lock")
        try await site.serve { server async throws in
            let text = "renewed now with the same key, not saved"
            #expect(server.values("Certificate").first?.contains(text) == true, "\(server.notice)")
            #expect(server.notice.contains("The renewed certificate is used but not saved: "))
        }
    }
    #endif

    @Test("--cn, --san and --days say what goes into it")
    func contents() async throws {
        let arguments = ["--cn", "my capsule", "--san", "192.0.2.1, www.example.org,2001:db8::1", "--days", "30"]
        try await Site().serve(arguments) { server async throws in
            let certificate = Certificate(der: try await server.certificate())
            #expect(certificate.subject?.commonName == "my capsule")
            #expect(certificate.dnsNames == ["localhost", "www.example.org"])
            #expect(certificate.ipAddresses == ["192.0.2.1", "2001:db8::1"])
            let days = ((certificate.notAfter?.secondsSinceEpoch ?? 0) - Timestamp.now.secondsSinceEpoch) / 86_400
            #expect((28...30).contains(days))
        }
    }

    @Test("--generate-cert makes a new key, and the old pair is still there")
    func generated() async throws {
        let site = try Site()
        let old = try await site.serve { Certificate(der: try await $0.certificate()) }
        let new = try await site.serve("--generate-cert") { server async throws in
            let path = "\(site.state)/localhost.pem"
            #expect(
                server.values("Certificate").first?
                    .contains("made now, kept in \(path); what was there is now \(path).old") == true,
                "\(server.notice)"
            )
            return Certificate(der: try await server.certificate())
        }
        #expect(new.publicKeyFingerprint != old.publicKeyFingerprint)
        let kept = try Identity.load(from: site.state + "/localhost.pem.old", at: .now)
        #expect(kept.leaf.fingerprint == old.fingerprint)
        #expect(try Self.mode(site.state + "/localhost.pem.old") == 0o600)
        try await site.serve { server async throws in
            #expect(try await server.certificate() == new.der)
        }
    }

    @Test("An expired one is renewed with the same key at the start", arguments: [-1, 0])
    func expired(_ daysLeft: Int64) async throws {
        let site = try Site()
        let start = Timestamp(secondsSinceEpoch: Timestamp.now.secondsSinceEpoch - (100 - daysLeft) * 86_400)
        let identity = try Identity.generate(names: ["localhost"], days: 100, at: start)
        try StateDirectory(path: site.state).save(identity, for: "localhost")
        try await site.serve { server async throws in
            #expect(server.values("Certificate").first?.contains("renewed now with the same key") == true)
            let certificate = Certificate(der: try await server.certificate())
            #expect(certificate.publicKeyFingerprint == identity.leaf.publicKeyFingerprint)
            #expect(certificate.notAfter ?? .now > .now)
        }
    }

    @Test("A folder or a file that others may write to is refused in one sentence", arguments: ["", "/localhost.pem"])
    func unsafe(_ name: String) async throws {
        let site = try Site()
        #expect(try await site.run("certificate", "generate").status == .exit(0))
        chmod(site.state + name, 0o777)
        let result = try await site.run("capsule", "--port", "0")
        #expect(result.status == .exit(78))
        #expect(result.sentence?.contains("chmod go-w \(site.state)\(name)") == true, "\(result.errors)")
    }

    @Test("--state-dir is where it is kept, if it is given")
    func otherDirectory() async throws {
        let site = try Site()
        try await site.serve("--state-dir", site.folder.path("elsewhere")) { _ in }
        #expect(FileManager.default.fileExists(atPath: site.folder.path("elsewhere/localhost.pem")))
        #expect(!FileManager.default.fileExists(atPath: site.state))
    }
}
