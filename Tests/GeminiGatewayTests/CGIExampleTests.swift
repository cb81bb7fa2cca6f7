import Foundation
import GeminiGateway
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

/// The programs of `Examples/cgi`, where their interpreters are.
@Suite("CGI: the examples")
struct CGIExampleTests {
    private static func examples(style: GatewayStyle = .canaveral) throws -> CGI {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Examples/cgi/cgi-bin").standardized
        var options = CGI.Options()
        options.style = style
        return try CGI(in: folder.path, options: options)
    }

    @Test("Shell: a question, and its answer")
    func shell() async throws {
        let cgi = try Self.examples()
        #expect(try await cgi.answer("gemini://h/cgi-bin/hello.sh").header == "10 What is your name?")
        let (header, body) = try await cgi.answer("gemini://h/cgi-bin/hello.sh?J%C3%BCrgen")
        #expect(header == "20 text/gemini")
        #expect(body.text.contains("You typed: J%C3%BCrgen\n=> /cgi-bin/hello.sh Again\n"))
    }

    @Test("Python: jetforce's debug page, line by line", .enabled(if: installed("python3") != nil))
    func python() async throws {
        let (header, body) = try await Self.examples(style: .jetforce)
            .answer("gemini://localhost/cgi-bin/variables.py/extra/info?hello%20world")
        #expect(header == "20 application/json")
        var lines = body.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        lines.removeAll { $0.hasPrefix("\"PATH\"") || $0.hasPrefix("\"LANG\"") || $0.hasPrefix("\"LC_CTYPE\"") }
        #expect(
            lines == [
                "{",
                #""GATEWAY_INTERFACE": "CGI/1.1","#,
                #""GEMINI_URL": "gemini://localhost/cgi-bin/variables.py/extra/info?hello%20world","#,
                #""HOSTNAME": "localhost","#,
                #""PATH_INFO": "/extra/info","#,
                #""QUERY_STRING": "hello%20world","#,
                #""REMOTE_ADDR": "10.10.0.2","#,
                #""REMOTE_HOST": "10.10.0.2","#,
                #""SCRIPT_NAME": "/cgi-bin/variables.py","#,
                #""SERVER_NAME": "localhost","#,
                #""SERVER_PORT": "1966","#,
                #""SERVER_PROTOCOL": "GEMINI","#,
                #""SERVER_SOFTWARE": "canaveral","#,
                #""TLS_CIPHER": "TLS_AES_256_GCM_SHA384","#,
                #""TLS_VERSION": "TLSv1.3""#,
                "}",
            ]
        )
    }

    @Test("Perl: a redirect, and a page in pieces", .enabled(if: installed("perl") != nil))
    func perl() async throws {
        let cgi = try Self.examples()
        #expect(try await cgi.answer("gemini://h/cgi-bin/count.pl").header == "30 /cgi-bin/count.pl/10")
        let body = try await cgi.answer("gemini://h/cgi-bin/count.pl/3").body
        #expect(body.text == "# Counting to 3\n* 1\n* 2\n* 3\n")
        #expect(body.isWhole)
    }

    @Test("CG-07: a Titan upload is on standard input, whole", .enabled(if: installed("python3") != nil))
    func upload() async throws {
        let cgi = try Self.examples()
        func put(_ bytes: [UInt8], size: Int? = nil, token: String = "swordfish") async throws -> (String, Collected) {
            let line = "titan://h/cgi-bin/upload.py/x;size=\(size ?? bytes.count);mime=text/plain;token=\(token)"
            var request = try gatewayRequest(line, basePath: "/cgi-bin")
            let pieces = stride(from: 0, to: bytes.count, by: 50_000).map {
                ByteBuffer(bytes: bytes[$0..<min($0 + 50_000, bytes.count)])
            }
            let chunks = AsyncStream { continuation in
                for piece in pieces { continuation.yield(piece) }
                continuation.finish()
            }
            request.upload = Upload(parameters: try #require(request.line.titan?.parameters), chunks: chunks)
            let response = try await cgi.respond(to: request)
            return (response.header.description, await response.collected())
        }
        let (header, body) = try await put(Array("hello".utf8))
        #expect(header == "20 text/gemini")
        #expect(
            body.text == """
                # 5 bytes of text/plain
                SHA-256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824

                """
        )
        let long = try await put([UInt8](repeating: 0x61, count: 1_000_000)).1
        #expect(long.text.hasPrefix("# 1000000 bytes"))
        #expect(long.text.contains("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"))
        #expect(try await put([]).1.text.hasPrefix("# 0 bytes"))
        #expect(try await put(Array("hello".utf8), token: "trout").0.hasPrefix("61 "))
        // A part of an upload reaches no program.
        let error = await #expect(throws: UploadError.self) { _ = try await put(Array("hel".utf8), size: 5) }
        #expect(error == .incomplete)
        #expect(try await cgi.answer("gemini://h/cgi-bin/upload.py").header.hasPrefix("50 "))
    }
}
