import Testing

@testable import GeminiGateway

@Suite("The beginning of an SCGI request")
struct SCGIHeadTests {
    @Test("SC-01: CONTENT_LENGTH and SCGI alone are these bytes")
    func exact() {
        let bytes = SCGIHead.bytes(GatewayVariables(), contentLength: 0)
        #expect(String(decoding: bytes, as: UTF8.self) == "24:CONTENT_LENGTH\u{0}0\u{0}SCGI\u{0}1\u{0},")
    }

    @Test("SC-01: CONTENT_LENGTH comes first, and once, whatever the variables say", arguments: GatewayStyle.allCases)
    func first(style: GatewayStyle) throws {
        let request = try gatewayRequest("titan://example.org/app/x;size=12;mime=text/plain")
        let path = try GatewayPath(request)
        let variables = GatewayVariables(request, path: path, style: style, carrier: .scgi)
        let bytes = SCGIHead.bytes(variables, contentLength: 12)
        let colon = try #require(bytes.firstIndex(of: UInt8(ascii: ":")))
        let count = try #require(Int(String(decoding: bytes[..<colon], as: UTF8.self)))
        #expect(bytes.count == colon + 1 + count + 1)
        #expect(bytes.last == UInt8(ascii: ","))
        let fields = bytes[(colon + 1)...].dropLast(2).split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        #expect(fields.count.isMultiple(of: 2))
        #expect(fields.prefix(4) == ["CONTENT_LENGTH", "12", "SCGI", "1"])
        let names = stride(from: 0, to: fields.count, by: 2).map { fields[$0] }
        #expect(Set(names).count == names.count)
        #expect(names.contains("PATH_INFO"))
    }
}
