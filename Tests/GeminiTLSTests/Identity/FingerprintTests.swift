import GeminiProtocol
import Testing

@testable import GeminiTLS

@Suite("Fingerprints")
struct FingerprintTests {
    /// SHA-256 of "abc" (FIPS 180-4, example 1).
    private static let abc = Fingerprint(of: Array("abc".utf8))

    @Test(
        "GP-159: every spelling of one fingerprint",
        arguments: [
            (.lowerHexadecimal, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (.upperHexadecimal, "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"),
            (
                .colons,
                "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD"
            ),
            (.jetforce, "SHA256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"),
            (.gmid, "SHA256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (.urlSafeBase64, "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0="),
            (.base64, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        ] as [(Fingerprint.Spelling, String)]
    )
    func spelling(_ spelling: Fingerprint.Spelling, _ text: String) {
        #expect(Self.abc.spelled(spelling) == text)
        #expect(Fingerprint(parsing: text) == Self.abc)
    }

    @Test(
        "Spellings that people write are read",
        arguments: [
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015AD",
            "ba:78:16:bf:8f:01:cf:ea:41:41:40:de:5d:ae:22:23:b0:03:61:a3:96:17:7a:9c:b4:10:ff:61:f2:00:15:ad",
            "SHA256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
            "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0",
        ]
    )
    func readable(_ text: String) {
        #expect(Fingerprint(parsing: text) == Self.abc)
    }

    @Test(
        "What is no fingerprint is refused",
        arguments: [
            "", "SHA256:", "ba7816bf",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adad",
            "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "ba-78:16:bf:8f:01:cf:ea:41:41:40:de:5d:ae:22:23:b0:03:61:a3:96:17:7a:9c:b4:10:ff:61:f2:00:15:ad",
            "SHA1:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa",
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAF a0",
            "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0==",
            "\u{661}a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ]
    )
    func refused(_ text: String) {
        #expect(Fingerprint(parsing: text) == nil)
    }

    @Test("A fingerprint has 32 bytes, which are those that went in")
    func bytes() {
        let bytes = (0..<32).map { UInt8($0 * 7) }
        #expect(Fingerprint(bytes: bytes)?.bytes == bytes)
        #expect(Fingerprint(bytes: bytes.dropLast()) == nil)
        #expect(Fingerprint(bytes: bytes + [0]) == nil)
        #expect(Fingerprint(bytes: bytes) != Fingerprint(bytes: bytes.reversed()))
    }

    @Test("A slice and a lazy collection hash to the same as an array")
    func collections() {
        let bytes = Array("xabc".utf8)
        #expect(Fingerprint(of: bytes.dropFirst()) == Self.abc)
        #expect(Fingerprint(of: bytes.dropFirst().lazy.map { $0 }) == Self.abc)
    }
}
