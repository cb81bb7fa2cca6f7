import Foundation
import NIOSSL
import TestSupport
import Testing

@Suite("Logs")
struct AccessLogTests {
    @Test("A request is a line of jetforce's format on standard output")
    func format() async throws {
        try await Site(["index.gmi": "# Home\n", "sub/index.gmi": ""]).serve { server async throws in
            _ = try await server.answer(to: "gemini://localhost/")
            _ = try await server.answer(to: "gemini://localhost/sub?a\"b")
            _ = try await server.answer(to: "gemini://localhost/sub?a%22b", over: "::1")
            _ = try await server.answer(to: "gemini://localhost/nothing")
            try await server.program.prints("nothing")
            #expect(try await server.stop() == .exit(0))
            let lines = server.program.output.split(separator: "\n")
            let time = /\[[0-3][0-9]\/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/20[0-9]{2}:[0-9:]{8} \+0000\]/
            for line in lines { #expect(line.contains(time), "\(line)") }
            #expect(
                lines.map { $0.replacing(time, with: "[time]") } == [
                    #"127.0.0.1 [time] "gemini://localhost/" 20 "text/gemini" 23"#,
                    #"127.0.0.1 [time] "gemini://localhost/sub?a\"b" 59 "#
                        + #""The URL holds '\"', which has to be percent-encoded, at byte 24." 68"#,
                    #"::1 [time] "gemini://localhost/sub?a%22b" 31 "/sub/?a%22b" 16"#,
                    #"127.0.0.1 [time] "gemini://localhost/nothing" 51 "Not found" 14"#,
                ]
            )
        }
    }

    @Test("Whatever bytes a client sends, its request is one line without control characters")
    func hostile() async throws {
        let requests: [[UInt8]] = [
            Array("gemini://localhost/\u{1B}[31mred".utf8),
            Array(
                "gemini://localhost/\n127.0.0.1 [20/Nov/2026:20:51:09 +0000] \"gemini://localhost/\" 20 \"forged\" 1"
                    .utf8
            ),
            Array("gemini://localhost/\r\u{7}\u{8}\u{7F}\u{85}".utf8),
            Array("gemini://localhost/\" 20 \"text/gemini\" 1\\".utf8),
            Array("gemini://localhost/\u{202E}\u{2028}".utf8),
            Array("gemini://localhost/".utf8) + [0, 0xFF, 0xC0, 0xAF, 0xED, 0xA0, 0x80],
            Array(repeating: UInt8(ascii: "a"), count: 2000),
        ]
        try await Site().serve { server async throws in
            for request in requests { _ = try await server.answer(to: request) }
            #expect(try await server.stop() == .exit(0))
            let lines = server.program.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == requests.count + 1, "\(server.program.output)")
            for line in lines.dropLast() {
                #expect(
                    line.contains(/^127\.0\.0\.1 \[[^\]]+\] "([^"\\]|\\.)*" [0-9]{2} "([^"\\]|\\.)*" [0-9]+$/),
                    "\(line)"
                )
                #expect(
                    line.unicodeScalars.allSatisfy {
                        $0.properties.generalCategory != .control && $0 != "\u{202E}" && $0 != "\u{2028}"
                    },
                    "\(line)"
                )
            }
            #expect(lines[0].contains(#""gemini://localhost/\x1B[31mred" 59"#), "\(lines[0])")
            #expect(lines[1].contains(#""gemini://localhost/\x0A127.0.0.1"#), "\(lines[1])")
        }
    }

    @Test("--access-log appends to a file that others cannot read, and standard output stays empty")
    func file() async throws {
        let site = try Site()
        for _ in 1...2 {
            try await site.serve("--access-log", "access.log") { server async throws in
                _ = try await server.answer(to: "gemini://localhost/")
                #expect(try await server.stop() == .exit(0))
                #expect(server.program.output.isEmpty)
            }
        }
        let path = site.folder.path("access.log")
        #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 2)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect((mode ?? 0) & 0o007 == 0)
    }

    @Test("- is standard output, as a flag, over the file of a configuration, and in one")
    func dash() async throws {
        func check(_ server: ServingProgram) async throws {
            _ = try await server.answer(to: "gemini://localhost/")
            #expect(try await server.stop() == .exit(0))
            #expect(server.program.output.split(separator: "\n").count == 1)
        }
        let site = try Site()
        try await site.serve("--access-log", "-") { try await check($0) }
        for (access, flags) in [("access.log", ["--access-log", "-"]), ("-", [])] {
            let text = "[log]\naccess = \"\(access)\"\n" + Site.host
            try await site.serve(configured: text, flags) { try await check($0) }
        }
        for name in ["-", "etc/-", "etc/access.log"] { #expect(!site.exists(name)) }
    }

    @Test("--no-access-log writes none")
    func none() async throws {
        try await Site().serve("--no-access-log") { server async throws in
            _ = try await server.answer(to: "gemini://localhost/")
            #expect(try await server.stop() == .exit(0))
            #expect(server.program.output.isEmpty)
        }
    }

    @Test("TLS failures are not told of, unless the level is debug; then they are told apart")
    func tlsFailures() async throws {
        func fail(_ server: ServingProgram) async throws {
            let plaintext = try await server.connect(nil)
            try await plaintext.send("gemini://localhost/\r\n")
            #expect(try await plaintext.readToEnd().bytes.isEmpty)
            await plaintext.drop()

            await (try server.connect(nil)).drop()

            let partial = try await server.connect(nil)
            try await partial.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])
            await partial.drop()

            var old = TestConnection.TLS()
            old.versions = .tlsv1 ... .tlsv11
            await #expect(throws: (any Error).self) { try await server.connect(old) }

            let garbage = try await server.connect(nil)
            try await garbage.send([0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0xFF])
            _ = try await garbage.readToEnd()
            await garbage.drop()

            let slow = try await server.connect(nil)
            _ = try await slow.readToEnd()
            await slow.drop()
            _ = try await server.answer(to: "gemini://localhost/")
        }
        try await Site().serve("--log-level", "debug", "--handshake-timeout", "1") { server async throws in
            try await fail(server)
            #expect(try await server.stop() == .exit(0))
            let log = server.program.errors.dropFirst(server.notice.count)
            for text in [
                "speaks no TLS", "left before the end of the TLS handshake", "No TLS handshake in time",
                "UNSUPPORTED_PROTOCOL",
                "gemini.remote-address=127.0.0.1",
            ] {
                #expect(log.contains(text), "\(text): \(log)")
            }
        }
        try await Site().serve("--handshake-timeout", "1") { server async throws in
            try await fail(server)
            #expect(try await server.stop() == .exit(0))
            #expect(!server.program.errors.contains("TLS") && !server.program.errors.contains(" debug "))
        }
    }
}
