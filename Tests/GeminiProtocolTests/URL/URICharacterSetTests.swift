import Testing

@testable import GeminiProtocol

@Suite("Character sets of RFC 3986")
struct URICharacterSetTests {
    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    private static let unreserved = letters + "0123456789-._~"
    private static let subDelimiters = "!$&'()*+,;="

    @Test("RFC 3986, appendix A: each mask holds the characters of its rule and no other")
    func masks() {
        let pchar = Self.unreserved + Self.subDelimiters + ":@"
        Self.expect(.unreserved, Self.unreserved)
        Self.expect(.path, pchar + "/")
        Self.expect(.query, pchar + "/?")
        Self.expect(.userinfo, Self.unreserved + Self.subDelimiters + ":")
        Self.expect(.scheme, Self.letters + "0123456789+-.")
        Self.expect(.hostName, Self.letters + "0123456789-._")
        Self.expect(.pathSegment, pchar)
        Self.expect(.encodedSegment, pchar.filter { $0 != ";" })
        Self.expect(.titanParameters, pchar + "/ \"")
        Self.expect(.titanMediaType, Self.unreserved + "/+=*!$&'")
        Self.expect(.mediaTypeToken, Self.letters + "0123456789!#$%&'*+-.^_`{|}~")
    }

    private static func expect(
        _ set: URICharacterSet,
        _ characters: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let expected = Set(characters.utf8)
        let actual = Set((UInt8.min...UInt8.max).filter(set.contains))
        #expect(actual == expected, sourceLocation: sourceLocation)
    }
}
