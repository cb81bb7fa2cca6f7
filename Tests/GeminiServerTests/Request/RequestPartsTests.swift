import GeminiProtocol
import GeminiServer
import Testing

@Suite("Parts of a request")
struct RequestPartsTests {
    private static func request(_ line: String) throws -> Request {
        let bytes = Array(line.utf8)
        return Request(line: try RequestLine(parsing: bytes.span))
    }

    @Test(
        "GP-061, GP-062: what the user typed",
        arguments: [
            ("gemini://h/", nil), ("gemini://h/?", ""), ("gemini://h/?a+b%20c", "a+b c"), ("gemini://h/?a%0Ab", "a\nb"),
            ("gemini://h/?a%0D%0Ab%0Dc%0A%0D%0A", "a\nb\nc\n\n"), ("gemini://h/?%C3%A9%26=&", "é&=&"),
            ("titan://h/f;size=1?a%20b", "a b"),
        ] as [(String, String?)]
    )
    func input(line: String, input: String?) throws {
        #expect(try Self.request(line).input() == input)
    }

    @Test("A query that is no text is 59")
    func undecodable() throws {
        let request = try Self.request("gemini://h/?%FF")
        let error = try #require(throws: RequestInputError.self) { try request.input() }
        #expect(error.response.status == .badRequest)
        #expect(request.query == "%FF")
    }

    @Test("GP-062: path, host and query, encoded and not")
    func parts() throws {
        let request = try Self.request("gemini://EX.org/a/../caf%c3%A9%2Fx?q%20")
        #expect(request.host == (try Host("ex.org")))
        #expect(request.path == "/caf%C3%A9%2Fx")
        #expect(request.decodedPath == "/café/x")
        #expect(request.query == "q%20")
        #expect(!request.isEdit)
        #expect(try Self.request("gemini://h/%FF").decodedPath == nil)
        #expect(try Self.request("titan://h/f;edit").isEdit)
        #expect(try !Self.request("titan://h/f;size=1").isEdit)
    }
}
