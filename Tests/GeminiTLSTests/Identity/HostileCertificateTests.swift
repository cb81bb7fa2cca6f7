import GeminiProtocol
import Testing

@testable import GeminiTLS

@Suite("Hostile certificates")
struct HostileCertificateTests {
    /// Reads everything there is to read.
    @discardableResult
    private static func readAll(_ der: [UInt8]) -> Int {
        let certificate = Certificate(der: der)
        let texts = [
            certificate.subject?.description, certificate.subject?.commonName, certificate.issuer?.description,
            certificate.serialNumber, certificate.serialNumberHexadecimal, certificate.publicKeyAlgorithm,
            certificate.signatureAlgorithm, certificate.notBefore?.description, certificate.notAfter?.description,
            certificate.publicKeyFingerprint?.description, certificate.tlsaRecord(host: "a"),
        ]
        let names = certificate.dnsNames + certificate.ipAddresses
        return texts.count { $0 != nil } + names.count + (certificate.covers("example.org") ? 1 : 0)
    }

    private static func der(_ pair: OpenSSLPair) throws -> [UInt8] {
        try #require(PEMBlock.blocks(in: Array(pair.certificate.utf8)).first?.content)
    }

    @Test("Cut short anywhere, what is left is read and nothing else happens", arguments: OpenSSLPair.all)
    func truncated(_ pair: OpenSSLPair) throws {
        let der = try Self.der(pair)
        #expect(Self.readAll(der) == 15)
        for count in 0..<der.count {
            // The outermost length no longer fits, so that nothing in it counts; the hash of the whole is always there.
            #expect(Self.readAll(Array(der.prefix(count))) == 0)
        }
    }

    @Test("With any byte changed to any of four values, it is read without harm", arguments: OpenSSLPair.all)
    func mutated(_ pair: OpenSSLPair) throws {
        let der = try Self.der(pair)
        for index in der.indices {
            for value: UInt8 in [0x00, 0x30, 0x84, 0xFF] {
                var changed = der
                changed[index] = value
                Self.readAll(changed)
                #expect(Certificate(der: changed).fingerprint == Fingerprint(of: changed))
            }
        }
    }

    @Test("Lengths that lie are believed nowhere")
    func lengths() {
        let lies: [[UInt8]] = [
            [], [0x30], [0x30, 0x80], [0x30, 0x80, 0, 0], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x30, 0x85, 0, 0, 0, 0, 0], [0x30, 0xFF], [0x1F, 0x81, 0x00], [0x30, 0x01], [0x30, 0x82, 0x01],
            [0x30, 0x88] + [UInt8](repeating: 0xFF, count: 9),
        ]
        for bytes in lies {
            var reader = DERReader(bytes)
            #expect(reader.next() == nil, "\(bytes)")
            #expect(Self.readAll(bytes) == 0, "\(bytes)")
        }
    }

    @Test("A certificate that no library parses still has both of its hashes")
    func unparsable() throws {
        // The curve is one that does not exist, and the point is not on it.
        let key = DERWriter.sequence(
            DERWriter.sequence([0x06, 0x03, 0x2A, 0x03, 0x04]),
            DERWriter.bitString([0x04, 0x00])
        )
        let der = DERWriter.sequence(
            DERWriter.sequence(
                DERWriter.integer([1]),
                DERWriter.sequence(),
                DERWriter.sequence(),
                DERWriter.sequence(),
                DERWriter.sequence(),
                key
            ),
            DERWriter.sequence(),
            DERWriter.bitString([0])
        )
        let certificate = Certificate(der: der)
        #expect(certificate.publicKeyFingerprint == Fingerprint(of: key))
        #expect(certificate.fingerprint == Fingerprint(of: der))
        #expect(certificate.publicKeyAlgorithm == "1.2.3.4")
        #expect(certificate.notAfter == nil)
    }

    @Test("Names in every kind of string")
    func strings() {
        let cases: [(UInt8, [UInt8], String, String?)] = [
            (0x0C, Array("Zoë".utf8), "CN=Zoë", "Zoë"),
            (0x13, Array("A+B".utf8), "CN=A\\+B", "A+B"),
            (0x14, [0x5A, 0x6F, 0xEB], "CN=Zoë", "Zoë"),
            (0x1E, [0x00, 0x5A, 0x00, 0xEB], "CN=Zë", "Zë"),
            (0x1E, [0x00, 0x5A, 0x00], "CN=#1e03005a00", nil),
            (0x1E, [0xD8, 0x00], "CN=#1e02d800", nil),
            (0x0C, [0xFF], "CN=#0c01ff", nil),
            (0x04, [0x01], "CN=#040101", nil),
            (0x0C, Array(" #a ".utf8), "CN=\\ #a\\ ", " #a "),
            (0x0C, Array("#a".utf8), "CN=\\#a", "#a"),
            (0x0C, Array("a\r\nb\u{1B}[2J\u{85}".utf8), "CN=a\\0D\\0Ab\\1B[2J\\C2\\85", "a\r\nb\u{1B}[2J\u{85}"),
            (0x0C, Array(",;<>\"\\".utf8), "CN=\\,\\;\\<\\>\\\"\\\\", ",;<>\"\\"),
            (0x0C, [], "CN=", ""),
        ]
        for (tag, content, text, commonName) in cases {
            let subject = DERWriter.sequence(
                DERWriter.element(
                    DERTag.set,
                    DERWriter.sequence([0x06, 0x03, 0x55, 0x04, 0x03], DERWriter.element(tag, content))
                )
            )
            let certificate = Certificate(der: CertificateTests.certificate(subject: subject))
            #expect(certificate.subject?.description == text)
            #expect(certificate.subject?.commonName == commonName)
        }
    }

    @Test("RFC 4514: the most specific part first, several attributes on one level, types without a name")
    func levels() {
        func attribute(_ type: [UInt8], _ text: String) -> [UInt8] {
            DERWriter.sequence(
                DERWriter.element(DERTag.objectIdentifier, type),
                DERWriter.element(0x0C, Array(text.utf8))
            )
        }
        let subject = DERWriter.sequence(
            DERWriter.element(DERTag.set, attribute([0x55, 0x04, 0x0A], "Org")),
            DERWriter.element(
                DERTag.set,
                attribute([0x55, 0x04, 0x03], "one"),
                attribute([0x55, 0x04, 0x0B], "Unit")
            ),
            DERWriter.element(DERTag.set, attribute([0x55, 0x04, 0x03], "two")),
            DERWriter.element(DERTag.set, attribute([0x2A, 0x03], "x"))
        )
        let certificate = Certificate(der: CertificateTests.certificate(subject: subject))
        #expect(certificate.subject?.description == "1.2.3=x,CN=two,CN=one+OU=Unit,O=Org")
        #expect(certificate.subject?.commonName == "one")
    }

    @Test(
        "Object identifiers",
        arguments: [
            ([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01], "1.2.840.10045.2.1"),
            ([0x55, 0x04, 0x03], "2.5.4.3"),
            ([0x88, 0x37, 0x03], "2.999.3"),
            ([0x00], "0.0"),
            ([], nil),
            ([0x2A, 0x86], nil),
            ([0x2A] + [UInt8](repeating: 0xFF, count: 10) + [0x7F], nil),
        ] as [([UInt8], String?)]
    )
    func objectIdentifier(_ content: [UInt8], _ text: String?) {
        #expect(ObjectIdentifier(content: content[...])?.description == text)
    }
}
