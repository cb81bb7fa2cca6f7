import Crypto
import GeminiProbe
import GeminiProtocol
import GeminiTLS
import NIOSSL
import SwiftASN1
import TestSupport
import Testing
import X509

@testable import GeminiDoctor

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("The doctor on certificates", .timeLimit(.minutes(10)))
struct CertificateTests {
    private static let day = Duration.seconds(86_400)

    private static func review(
        _ names: [String] = ["example.org"],
        commonName: String? = nil,
        days: Int = 365,
        host: String = "example.org",
        age: Duration = .zero
    ) throws -> [Finding] {
        let identity = try Identity.generate(names: names, commonName: commonName, days: days, at: .now - age)
        return CertificateReview(certificates: identity.certificates, host: try Host(host), now: .now).findings
            .filter { $0.level > .note }
    }

    @Test(
        "DG-04: a good certificate is no reason for a warning",
        arguments: ["example.org", "EXAMPLE.org.", "1.2.3.4"]
    )
    func good(host: String) throws {
        #expect(try Self.review(["example.org", "1.2.3.4"], host: host) == [])
    }

    @Test("DG-04: what is wrong with one is told")
    func bad() throws {
        let names = try Self.review(["other.org"])
        #expect(names.map(\.title) == ["The certificate is not for example.org."])
        let common = try Self.review([], commonName: "example.org")
        #expect(common.count == 1 && common[0].title.contains("common name only"))
        let expired = try Self.review(days: 30, age: Self.day * 31)
        #expect(expired.count == 1 && expired[0].title.contains("expired at"))
        let early = try Self.review(age: Self.day * -3)
        #expect(early.count == 1 && early[0].title.contains("not valid before"))
        let ending = try Self.review(days: 30, age: Self.day * 20)
        #expect(ending.count == 1 && ending[0].title.contains("expires in"))
    }

    @Test("A short key and an old signature are told")
    func weak() throws {
        let certificate = GeminiTLS.Certificate(der: try #require(Base64.decode(Self.weakCertificate.utf8)))
        let findings = CertificateReview(certificates: [certificate], host: try Host("localhost"), now: .now).findings
        let titles = findings.filter { $0.level == .warning }.map(\.title)
        #expect(titles.contains("The key is RSA 1024, which is too short."))
        #expect(titles.contains("The certificate is signed with RSA with SHA-1, which can be forged."))
    }

    @Test("A certificate that cannot be read is told, and so is none")
    func unreadable() throws {
        let garbage = CertificateReview(
            certificates: [GeminiTLS.Certificate(der: [1, 2, 3])],
            host: try Host("a"),
            now: .now
        )
        #expect(garbage.findings.contains { $0.title.contains("cannot be read") })
        let none = CertificateReview(certificates: [], host: try Host("a"), now: .now)
        #expect(none.findings.map(\.level) == [.violation])
    }

    @Test("DG-05: a certificate of an authority that nobody knows is a warning")
    func authority() async throws {
        let authorityKey = P256.Signing.PrivateKey()
        let key = P256.Signing.PrivateKey()
        let issuer = try X509.DistinguishedName { CommonName("Some authority") }
        func certificate(
            _ subject: X509.DistinguishedName,
            key: P256.Signing.PublicKey,
            isAuthority: Bool
        ) throws -> [UInt8] {
            try X509.Certificate(
                version: .v3,
                serialNumber: .init(),
                publicKey: .init(key),
                notValidBefore: Date(timeIntervalSince1970: 1_000_000_000),
                notValidAfter: Date(timeIntervalSince1970: 4_000_000_000),
                issuer: issuer,
                subject: subject,
                extensions: try .init {
                    isAuthority ? BasicConstraints.isCertificateAuthority(maxPathLength: nil) : .notCertificateAuthority
                    SubjectAlternativeNames([.dnsName("localhost")])
                },
                issuerPrivateKey: .init(authorityKey)
            ).serializeAsPEM().derBytes
        }
        let name = try X509.DistinguishedName { CommonName("localhost") }
        let leaf = try certificate(name, key: key.publicKey, isAuthority: false)
        let root = try certificate(issuer, key: authorityKey.publicKey, isAuthority: true)
        let chain = try [leaf, root].map { try NIOSSLCertificate(bytes: $0, format: .der) }
        let nioKey = try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
        for length in 1...2 {
            let findings = try await FaultyServer.run(.none, certificates: (Array(chain.prefix(length)), nioKey)) {
                var doctor = Doctor(try GeminiURL("gemini://localhost:\($0.port)/"))
                doctor.address = ("127.0.0.1", $0.port)
                doctor.checks = Check.all.filter { $0.isNamed("DG-05") }
                return try await doctor.examine().findings
            }
            #expect(findings.map(\.level) == [.warning], "\(findings)")
        }
    }

    @Test("DG-01, GP-171: an address that does not answer is told, and one with another key")
    func addresses() async throws {
        let check = try #require(Check.all.first { $0.id == "addresses" })
        try await FaultyServer.run(.none) { first in
            try await FaultyServer.runAtOnce(.none) { second in
                let good = try NetworkAddress.resolve("127.0.0.1", port: first.port)
                let other = try NetworkAddress.resolve("127.0.0.1", port: second.port)
                let dead = try NetworkAddress.resolve("::1", port: first.port)
                func findings(_ addresses: [NetworkAddress]) async throws -> [Finding] {
                    let examination = try Examination(
                        url: try GeminiURL("gemini://localhost/"),
                        addresses: addresses,
                        isAddressResolved: true,
                        timing: .quick
                    )
                    return try await onThread {
                        Result { () throws(ProbeError) in try check.examine(examination, examination.readHome()) }
                    }.get().filter { $0.level > .note }
                }
                #expect(try await findings(good) == [])
                #expect(try await findings(good + dead).map(\.rows) == [["DG-02"]])
                #expect(try await findings(good + other).map(\.rows) == [["GP-171"]])
            }
        }
    }

    /// A self-signed certificate for `localhost` with a key of RSA 1024, signed with SHA-1, as openssl made it.
    private static let weakCertificate = """
        MIICHDCCAYWgAwIBAgIUbrttpO1x4uGu86iFLb6xZjdE6GMwDQYJKoZIhvcNAQEFBQAwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAX
        DTI2MTEyMTA1NDQwMVoYDzIxMjYxMDI4MDU0NDAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwgZ8wDQYJKoZIhvcNAQEBBQADgY0A
        MIGJAoGBAOLM2KwCYa2/cVzm/1B9ujePk5YhK9zjVCwCu983pzVZ9dq8dAQwI3A0KS6/FP48euaa4NK9PJx5g4DG6Y3AkXyrJtbz
        pPx9MnVSUFSGJgJJWfEnt/Nvp/GI1PLAJAk4qyy6jWH8uIkDGccqjyeDqmNMtAqKAIL8MjTQ2MExKTvVAgMBAAGjaTBnMB0GA1Ud
        DgQWBBSaCvo6NxABZRZvpbjabzxtrIwU/jAfBgNVHSMEGDAWgBSaCvo6NxABZRZvpbjabzxtrIwU/jAPBgNVHRMBAf8EBTADAQH/
        MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDANBgkqhkiG9w0BAQUFAAOBgQA3nJLJYYCdRHvdntq/3HRbVq/X8i1EznmYwLtIL5b7cAo7
        CVRPvB1syLnHVHdN54w428K+z1YwBHsWUM4w65Bywgg/ROYB6DBhtRwiidhKUAz1mElWQgL2O9lJD5adaJAXNTPci9g4nxbFGuTV
        GDNRDhapyrXF9oK/R3BLMU/TpA==
        """
}
