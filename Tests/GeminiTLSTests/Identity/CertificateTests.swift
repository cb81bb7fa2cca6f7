import Crypto
import GeminiProtocol
import SwiftASN1
import Testing
import X509
import _CryptoExtras

@testable import GeminiTLS

@Suite("Certificates")
struct CertificateTests {
    @Test("GP-159: what openssl(1) made reads as openssl(1) reads it", arguments: OpenSSLPair.all)
    func opensslCertificate(_ pair: OpenSSLPair) throws {
        let block = try #require(PEMBlock.blocks(in: Array(pair.certificate.utf8)).first)
        let certificate = Certificate(der: try #require(block.content))
        #expect(certificate.fingerprint.spelled(.lowerHexadecimal) == pair.fingerprint)
        #expect(certificate.publicKeyFingerprint?.spelled(.lowerHexadecimal) == pair.publicKeyFingerprint)
        #expect(certificate.serialNumberHexadecimal == pair.serialNumberHexadecimal)
        #expect(certificate.publicKeyAlgorithm == pair.algorithm)
        #expect(certificate.signatureAlgorithm == pair.signatureAlgorithm)
        #expect(certificate.subject?.commonName == pair.commonName)
        #expect(certificate.subject?.description == "CN=\(pair.commonName),O=Example\\, Inc.,C=DE")
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.isSelfIssued)
        #expect(certificate.notBefore?.date == "2026-11-21")
        #expect(certificate.notAfter?.date == "2081-08-24")
        #expect(certificate.dnsNames == [pair.commonName, "*.wild.example"])
        #expect(certificate.ipAddresses == ["192.0.2.1", "2001:db8::1"])
    }

    @Test("The serial number in decimal")
    func decimalSerial() throws {
        let block = try #require(PEMBlock.blocks(in: Array(OpenSSLPair.p256.certificate.utf8)).first)
        let certificate = Certificate(der: try #require(block.content))
        #expect(certificate.serialNumber == "230848594741802970744315055112169218129030953891")
    }

    @Test(
        "Serial numbers of all sorts",
        arguments: [
            ([0x00], "0", "00"),
            ([0x01], "1", "01"),
            ([0x00, 0xFF], "255", "ff"),
            ([0x01, 0x00], "256", "0100"),
            ([0xFF], "-1", "-01"),
            ([0x80], "-128", "-80"),
            ([0xFF, 0x00], "-256", "-0100"),
        ] as [([UInt8], String, String)]
    )
    func serial(_ bytes: [UInt8], _ decimal: String, _ hexadecimal: String) {
        let certificate = Certificate(der: Self.certificate(serialNumber: bytes))
        #expect(certificate.serialNumber == decimal)
        #expect(certificate.serialNumberHexadecimal == hexadecimal)
    }

    @Test("A serial number of a hostile length costs no time and hides nothing else")
    func longSerial() {
        let certificate = Certificate(der: Self.certificate(serialNumber: [UInt8](repeating: 0x7F, count: 60_000)))
        #expect(certificate.serialNumber == nil)
        #expect(certificate.serialNumberHexadecimal?.count == 120_000)
        #expect(certificate.publicKeyFingerprint != nil)
    }

    @Test("Both ways to write a time, on both sides of 2050")
    func times() throws {
        let issued = try IssuedCertificate(
            subject: try X509.DistinguishedName { CommonName("a") },
            notBefore: 0,
            notAfter: 253_402_300_799
        )
        let certificate = Certificate(der: try issued.der)
        #expect(certificate.notBefore == Timestamp(secondsSinceEpoch: 0))
        #expect(certificate.notAfter == .lastOfX509)
        #expect(certificate.notAfter?.description == "9999-12-31T23:59:59Z")
    }

    @Test(
        "Times that RFC 5280 forbids are absent",
        arguments: [
            (0x17, "9911312359"), (0x17, "991131235959Z"), (0x17, "9901012359+0100"), (0x17, "990101235959z"),
            (0x18, "20300101000000.5Z"), (0x18, "20301301000000Z"), (0x18, "203O0101000000Z"), (0x18, ""),
            (0x16, "990101235959Z"), (0x17, "-90101235959Z"),
        ] as [(UInt8, String)]
    )
    func strangeTime(_ tag: UInt8, _ text: String) {
        #expect(Timestamp(x509: Array(text.utf8)[...], tag: tag) == nil)
    }

    @Test("Every time that we write is read back", arguments: [-1, 0, 2_524_607_999, 2_524_608_000, 253_402_300_799])
    func timeRoundTrip(_ seconds: Int64) {
        let der = DERWriter.time(Timestamp(secondsSinceEpoch: seconds))
        #expect(Timestamp(x509: der.dropFirst(2), tag: der[0])?.secondsSinceEpoch == seconds)
        // RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050.
        #expect(der[0] == (seconds < 2_524_608_000 ? DERTag.utcTime : DERTag.generalizedTime))
    }

    @Test("A client certificate without any extension")
    func noExtensions() throws {
        let issued = try IssuedCertificate(subject: try X509.DistinguishedName { CommonName("visitor") })
        let certificate = Certificate(der: try issued.der)
        #expect(certificate.dnsNames.isEmpty)
        #expect(certificate.ipAddresses.isEmpty)
        #expect(!certificate.covers("visitor"))
        #expect(certificate.subject?.commonName == "visitor")
    }

    @Test("A subject without attributes")
    func emptySubject() throws {
        let issued = try IssuedCertificate(subject: X509.DistinguishedName())
        let certificate = Certificate(der: try issued.der)
        #expect(certificate.subject?.description == "")
        #expect(certificate.subject?.commonName == nil)
    }

    @Test("GP-005: which hosts a certificate covers")
    func covers() throws {
        let issued = try IssuedCertificate(
            subject: try X509.DistinguishedName { CommonName("cn.example") },
            alternativeNames: [
                .rfc822Name("a@mail.example"), .dnsName("Example.org"), .dnsName("*.wild.example"),
                .ipAddress(ASN1OctetString(contentBytes: [192, 0, 2, 1])),
            ]
        )
        let certificate = Certificate(der: try issued.der)
        for name in ["example.org", "EXAMPLE.ORG", "example.org.", "a.wild.example", "192.0.2.1"] {
            #expect(certificate.covers(name), "\(name)")
        }
        let strangers = [
            "cn.example", "mail.example", "www.example.org", "wild.example", "a.b.wild.example", ".wild.example",
            "192.0.2.2", "::ffff:192.0.2.1", "",
        ]
        for name in strangers {
            #expect(!certificate.covers(name), "\(name)")
        }
    }

    @Test("The TLSA record pins the key, with the host's final dot once")
    func tlsa() throws {
        let block = try #require(PEMBlock.blocks(in: Array(OpenSSLPair.p256.certificate.utf8)).first)
        let certificate = Certificate(der: try #require(block.content))
        let record = "IN TLSA 3 1 1 7b27148e3c829ff8fa8ea38f89d4b6e757da523f5314deaa97c646223d685f90"
        #expect(certificate.tlsaRecord(host: "example.org") == "_1965._tcp.example.org. \(record)")
        #expect(certificate.tlsaRecord(host: "example.org.", port: 300) == "_300._tcp.example.org. \(record)")
    }

    /// A certificate with nothing right in it but its structure.
    static func certificate(
        serialNumber: [UInt8] = [1],
        subject: [UInt8] = DERWriter.sequence()
    ) -> [UInt8] {
        DERWriter.sequence(
            DERWriter.sequence(
                DERWriter.element(DERTag.integer, serialNumber),
                DERWriter.sequence(),
                DERWriter.sequence(),
                DERWriter.sequence(),
                subject,
                DERWriter.sequence()
            ),
            DERWriter.sequence(),
            DERWriter.bitString([1])
        )
    }
}
