import GeminiGateway
import GeminiProtocol
import GeminiServer
import Testing

@Suite("Where the program ends and its path begins")
struct GatewayPathTests {
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(
        "CG-01: jetforce's cases, also with all slashes doubled",
        arguments: [
            ("/cgi-bin/debug.py", ""),
            ("/cgi-bin/debug.py/", "/"),
            ("/cgi-bin/debug.py/extra/info", "/extra/info"),
            ("/cgi-bin/debug.py/extra/info/", "/extra/info/"),
            ("/cgi-bin/debug.py/caf%C3%A9%20a", "/café a"),
            ("/cgi-bin/debug.py/a%2Fb", "/a/b"),
        ],
        [false, true]
    )
    func jetforce(_ row: (path: String, info: String), doubled: Bool) throws {
        let written =
            doubled
            ? row.path.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "//") : row.path
        let request = try gatewayRequest("gemini://localhost\(written)", basePath: doubled ? "//cgi-bin" : "/cgi-bin")
        let path = try GatewayPath(request, scriptSegments: 1)
        #expect(Self.text(path.scriptName) == "/cgi-bin/debug.py")
        #expect(Self.text(path.pathInfo) == row.info)
    }

    @Test("RFC 3875 §4.1.13: a program that is the mount itself has its base path for a name")
    func mounted() throws {
        let path = try GatewayPath(gatewayRequest("gemini://h/app/x/", basePath: "/app"))
        #expect(Self.text(path.scriptName) == "/app")
        #expect(Self.text(path.pathInfo) == "/x/")
        let root = try GatewayPath(gatewayRequest("gemini://h"))
        #expect(root.scriptName.isEmpty)
        #expect(Self.text(root.pathInfo) == "/")
        let bare = try GatewayPath(gatewayRequest("gemini://h/app", basePath: "/app"))
        #expect(bare.pathInfo.isEmpty)
        let slash = try GatewayPath(gatewayRequest("gemini://h/app/", basePath: "/app"))
        #expect(Self.text(slash.pathInfo) == "/")
    }

    @Test(
        "FC-03: a configured name is split off at the end of a segment only",
        arguments: [
            ("/app/x", "/x"), ("/app", ""), ("/app/", "/"), ("/application/x", "/application/x"), ("/x", "/x"),
            ("/a%70p/x/", "/x/"), ("//app//x", "/x"),
        ]
    )
    func configured(path: String, info: String) throws {
        let split = try GatewayPath(gatewayRequest("gemini://h\(path)"), scriptName: "/app")
        #expect(Self.text(split.scriptName) == "/app")
        #expect(Self.text(split.pathInfo) == info)
    }

    @Test("A decoded path is one line and stays where it is", arguments: ["%0A", "%0d", "%1B", "%7f", "a%09"])
    func controlCharacters(escape: String) throws {
        let request = try gatewayRequest("gemini://h/x/\(escape)")
        #expect(throws: GatewayPathError.controlCharacter) { try GatewayPath(request, scriptSegments: 1) }
        #expect(throws: GatewayPathError.controlCharacter) { try GatewayPath(request, scriptName: "/x") }
        #expect(GatewayPathError.controlCharacter.response.status == .badRequest)
    }

    @Test("Escaped slashes lead no program elsewhere", arguments: ["..%2f..%2fetc/passwd", "a%2F..%2f", "%2e%2e%2fx"])
    func climbing(path: String) throws {
        let request = try gatewayRequest("gemini://h/x/\(path)")
        #expect(throws: GatewayPathError.climbs) { try GatewayPath(request, scriptSegments: 1) }
        #expect(GatewayPathError.climbs.response.status == .notFound)
    }

    @Test("Bytes that are no UTF-8 stay as they are; PATH_TRANSLATED is beneath the folder")
    func bytes() throws {
        var path = try GatewayPath(gatewayRequest("gemini://h/x/%ff"), scriptSegments: 1)
        #expect(path.pathInfo == [0x2F, 0xFF])
        path.documentRoot = Array("/srv/gemini/".utf8)
        #expect(path.pathTranslated == Array("/srv/gemini/".utf8) + [0xFF])
        path.pathInfo = []
        #expect(path.pathTranslated == nil)
    }
}
