import Foundation
import GeminiProtocol
import SwiftASN1
import TestSupport
import Testing
import X509

@testable import GeminiTLS

@Suite("Making identities")
struct IdentityGenerationTests {
    @Test("GP-177: a certificate for every name and address, as another library reads it")
    func generated() throws {
        let names = [
            "Example.org", "www.example.org.", "192.0.2.1", "[2001:db8::1]", "::1", "*.example.net", "example.org",
        ]
        let identity = try Identity.generate(names: names, days: 100, at: .testing)
        let certificate = try X509.Certificate(derEncoded: identity.leaf.der)
        #expect(certificate.version == .v3)
        #expect(certificate.subject == (try X509.DistinguishedName { CommonName("example.org") }))
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.publicKey.isValidSignature(certificate.signature, for: certificate))
        let now = Date(timeIntervalSince1970: Double(Timestamp.testing.secondsSinceEpoch))
        #expect(certificate.notValidBefore == now.addingTimeInterval(-86_400))
        #expect(certificate.notValidAfter == now.addingTimeInterval(8_640_000))
        let alternativeNames = try #require(try certificate.extensions.subjectAlternativeNames)
        #expect(
            Array(alternativeNames) == [
                .dnsName("example.org"), .dnsName("www.example.org"),
                .ipAddress(ASN1OctetString(contentBytes: [192, 0, 2, 1])),
                .ipAddress(ASN1OctetString(contentBytes: [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
                .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
                .dnsName("*.example.net"),
            ]
        )
        #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
        #expect(certificate.extensions[oid: .X509ExtensionID.basicConstraints]?.critical == true)
        #expect(try certificate.extensions.extendedKeyUsage == ExtendedKeyUsage([.serverAuth]))
        // DG-05: with it OpenSSL up to 1.1.1 ends in code 20 instead of 18.
        #expect(try certificate.extensions.keyUsage == nil)
        #expect(identity.uncovered(names).isEmpty)
        #expect(identity.isSelfSigned)
        #expect(identity.privateKey.algorithm == "ECDSA P-256")
        try IdentityLoadingTests.check(identity)
    }

    @Test("Serial numbers are 20 bytes, positive and random")
    func serialNumbers() throws {
        let key = PrivateKey.generate()
        let template = try CertificateTemplate(subject: [0x30, 0], extensions: [], days: 1, now: .testing)
        let serials = try (0..<200).map { _ in
            try #require(template.certificate(signedBy: key).serialNumberHexadecimal)
        }
        #expect(Set(serials).count == serials.count)
        #expect(serials.allSatisfy { $0.count == 40 && !$0.hasPrefix("-") })
    }

    @Test("GP-155: an identity for a visitor has a name of any kind and is for clients")
    func client() throws {
        let identity = try Identity.generate(names: [], commonName: "Zoë, \"Z\"", purpose: .client, at: .testing)
        let certificate = try X509.Certificate(derEncoded: identity.leaf.der)
        #expect(identity.leaf.subject?.commonName == "Zoë, \"Z\"")
        #expect(try certificate.extensions.extendedKeyUsage == ExtendedKeyUsage([.clientAuth]))
        #expect(try certificate.extensions.subjectAlternativeNames == nil)
    }

    @Test("A common name has at most 64 characters")
    func commonName() throws {
        let label = String(repeating: "a", count: 40)
        let host = "\(label).\(label).example.org"
        let identity = try Identity.generate(names: [host], at: .testing)
        #expect(identity.leaf.subject?.commonName == "\(label).example.org")
        #expect(identity.leaf.dnsNames == [host])
        let person = String(repeating: "é", count: 100)
        let visitor = try Identity.generate(names: [], commonName: person, at: .testing)
        #expect(visitor.leaf.subject?.commonName == String(repeating: "é", count: 64))
    }

    @Test(
        "Names that cannot be in a certificate",
        arguments: [
            "", ".", "a..b", "exämple.org", "a b", "a/b", "-a.example", "a-.example", "www.*.example", "*",
            "a*.example", "[example.org]", "[192.0.2.1]", "fe80::1%eth0", "example.org:1965", "a\0b",
            String(repeating: "a", count: 64),
            Array(repeating: "abcdefg", count: 32).joined(separator: "."),
        ]
    )
    func invalidName(_ name: String) {
        #expect(throws: IdentityError.invalidName(name)) { try Identity.generate(names: ["a", name], at: .testing) }
    }

    @Test("A certificate needs a name and a time")
    func missing() {
        #expect(throws: IdentityError.noNames) { try Identity.generate(names: [], at: .testing) }
        for days in [Int.min, -1, 0, 365_001, .max] {
            #expect(throws: IdentityError.invalidValidity(days: days)) {
                try Identity.generate(names: ["a"], days: days, at: .testing)
            }
        }
    }

    @Test("Validity ends with the year 9999 at the latest")
    func farFuture() throws {
        let identity = try Identity.generate(
            names: ["a"],
            days: 365_000,
            at: Timestamp(year: 9990, month: 1, day: 1)!
        )
        #expect(identity.leaf.notAfter?.description == "9999-12-31T23:59:59Z")
    }

    @Test("What is made is read again from its PEM")
    func pem() throws {
        try withTemporaryDirectory { folder in
            let identity = try Identity.generate(names: ["a.example"], at: .testing)
            let path = try folder.write(identity.pem, to: "pair")
            let loaded = try Identity.load(from: path, at: .testing)
            #expect(loaded.certificates == identity.certificates)
            #expect(loaded.privateKey.pkcs8 == identity.privateKey.pkcs8)
        }
    }
}
