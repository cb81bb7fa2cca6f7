import GeminiProtocol
import SwiftASN1
import TestSupport
import Testing
import X509

@testable import GeminiTLS

@Suite("Renewing identities")
struct IdentityRenewalTests {
    @Test("DA-39: a renewal keeps the key, the subject, the names and the extensions", arguments: OpenSSLPair.all)
    func renewed(_ pair: OpenSSLPair) throws {
        try withTemporaryDirectory { folder in
            let path = try folder.write(pair.certificate + "\n" + pair.key, to: "pair")
            let identity = try Identity.load(from: path, at: .testing)
            let later = Timestamp.testing + .seconds(86_400 * 365 * 60)
            let renewed = try identity.renewed(days: 10, at: later)
            #expect(renewed.leaf.publicKeyFingerprint == identity.leaf.publicKeyFingerprint)
            #expect(renewed.leaf.fingerprint != identity.leaf.fingerprint)
            #expect(renewed.leaf.serialNumber != identity.leaf.serialNumber)
            #expect(renewed.leaf.subject == identity.leaf.subject)
            #expect(renewed.leaf.dnsNames == identity.leaf.dnsNames)
            #expect(renewed.leaf.ipAddresses == identity.leaf.ipAddresses)
            #expect(renewed.leaf.notBefore == later - Timestamp.days(1))
            #expect(renewed.leaf.notAfter == later + Timestamp.days(10))
            #expect(renewed.isSelfSigned)
            try IdentityLoadingTests.check(renewed)

            let old = try X509.Certificate(derEncoded: identity.leaf.der)
            let new = try X509.Certificate(derEncoded: renewed.leaf.der)
            #expect(new.publicKey.isValidSignature(new.signature, for: new))
            let kept = old.extensions.filter { $0.oid != .X509ExtensionID.authorityKeyIdentifier }
            #expect(Array(new.extensions) == kept)
            #expect(old.extensions.count == kept.count + 1)
        }
    }

    @Test("Only what the key signed itself can be renewed")
    func issued() throws {
        let root = try IssuedCertificate(commonName: "Example Authority")
        let leaf = try IssuedCertificate(commonName: "leaf.example", issuer: root)
        // The same name as its issuer, which makes it look self-signed.
        let impostor = try IssuedCertificate(commonName: "Example Authority", issuer: root)
        for issued in [leaf, impostor] {
            try withTemporaryDirectory { folder in
                let path = try folder.write(try issued.pem + issued.keyPEM + root.pem, to: "pair")
                let identity = try Identity.load(from: path, at: .testing)
                let error = IdentityError.issuedByOther(issuer: "Example Authority")
                #expect(throws: error) { try identity.renewed(at: .testing) }
                #expect(throws: error) { try identity.renamed(names: ["a"], at: .testing) }
                #expect(error.description == "The certificate was issued by Example Authority: renew it there.")
            }
        }
    }

    @Test("A self-signed certificate sheds the chain that came with it")
    func shedsChain() throws {
        let own = try IssuedCertificate(commonName: "own.example")
        let other = try IssuedCertificate(commonName: "other.example")
        try withTemporaryDirectory { folder in
            let path = try folder.write(try own.pem + other.pem + own.keyPEM, to: "pair")
            let identity = try Identity.load(from: path, at: .testing)
            #expect(identity.certificates.count == 2)
            #expect(try identity.renewed(at: .testing).certificates.count == 1)
        }
    }

    @Test("Other names, the same key")
    func renamed() throws {
        let identity = try Identity.generate(names: ["old.example"], at: .testing)
        let renamed = try identity.renamed(names: ["new.example", "192.0.2.1"], days: 7, at: .testing)
        #expect(renamed.leaf.publicKeyFingerprint == identity.leaf.publicKeyFingerprint)
        #expect(renamed.leaf.subject?.commonName == "new.example")
        #expect(renamed.leaf.dnsNames == ["new.example"])
        #expect(renamed.uncovered(["192.0.2.1", "old.example"]) == ["old.example"])
    }

    @Test(
        "The time to renew is in the last third, and in the last 30 days",
        arguments: [(3650, 30), (91, 30), (89, 30), (29, 10), (2, 1)]
    )
    func renewalDate(days: Int, lead: Int) throws {
        let identity = try Identity.generate(names: ["a"], days: days, at: .testing)
        let notAfter = try #require(identity.leaf.notAfter)
        #expect(identity.renewalDate == notAfter - Timestamp.days(lead))
        #expect(identity.isValid(at: identity.renewalDate))
        #expect(!identity.isValid(at: notAfter + .seconds(1)))
    }
}
