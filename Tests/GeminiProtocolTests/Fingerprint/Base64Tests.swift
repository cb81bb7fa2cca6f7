import Testing

@testable import GeminiProtocol

@Suite("Base64")
struct Base64Tests {
    @Test(
        "RFC 4648 section 10: the test vectors",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ]
    )
    func vector(_ text: String, _ base64: String) {
        #expect(Base64.encode(Array(text.utf8)) == Array(base64.utf8))
        #expect(Base64.decode(base64.utf8) == Array(text.utf8))
        #expect(Base64.decode(base64.utf8.filter { $0 != UInt8(ascii: "=") }) == Array(text.utf8))
    }

    @Test("Both alphabets decode to what was encoded, for every byte")
    func roundTrip() {
        let bytes = (0..<256).map { UInt8($0) }
        for count in 0...bytes.count {
            let part = bytes.suffix(count)
            #expect(Base64.decode(Base64.encode(part)) == Array(part))
            #expect(Base64.decode(Base64.encode(part, alphabet: .urlSafe)) == Array(part))
        }
    }

    @Test("What is not base64 is refused", arguments: ["Z", "Zg=", "Zg===", "Z===", "Zg==Zg==", "Zm9v!", "=", "Zm9v="])
    func refused(_ text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}
