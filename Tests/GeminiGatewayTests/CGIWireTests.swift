import Foundation
import GeminiGateway
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

/// Programs behind a server, over real TLS.
@Suite("CGI: over the wire")
struct CGIWireTests {
    @Test("CG-02, CG-04: a header with CRLF, and the body as it is made")
    func streams() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo '20 text/plain'; echo one; read line <fifo; echo two")
        #expect(mkfifo(folder.files.path("fifo"), 0o600) == 0)
        try await withServer(responder: folder.responder()) { server async throws in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/x\r\n")
            let first = "20 text/plain\r\none\n"
            let begun = try await connection.read(atLeast: first.utf8.count)
            #expect(String(decoding: begun.bytes, as: UTF8.self) == first)
            let fifo = open(folder.files.path("fifo"), O_WRONLY)
            write(fifo, "\n", 1)
            close(fifo)
            let whole = try await connection.readToEnd()
            #expect(String(decoding: whole.bytes, as: UTF8.self) == first + "two\n")
            #expect(whole.closeNotify)
        }
    }

    @Test("GP-011: a program that fails behind its header ends the connection without close_notify")
    func truncated() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo '20 text/plain'; echo half; exit 1")
        try await withServer(responder: folder.responder()) { server async throws in
            let transcript = try await server.answer(to: "gemini://localhost/x")
            #expect(String(decoding: transcript.bytes, as: UTF8.self) == "20 text/plain\r\nhalf\n")
            #expect(!transcript.closeNotify)
            let missing = try await server.answer(to: "gemini://localhost/y")
            #expect(missing.header == "51 Not found")
            #expect(missing.closeNotify)
        }
    }

    @Test("CG-06: a client that leaves ends the program, and so does the server's end", arguments: [false, true])
    func leaving(isShutdown: Bool) async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo '20 text/plain'; sleep 1000 & echo $! >child; echo $$ >pid; wait")
        try await withServer(responder: folder.responder()) { server async throws in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/x\r\n")
            let id = try #require(await folder.line(of: "pid"))
            let child = try #require(await folder.line(of: "child"))
            if isShutdown {
                await server.running.shutDown(grace: .zero)
            } else {
                // A FIN alone is a client that listens on, as far as a server can tell: it shows at the next write.
                await connection.reset()
            }
            #expect(await eventually { !CGIFolder.isRunning(id) && !CGIFolder.isRunning(child) })
        }
    }

    @Test("CG-07: a Titan upload over the wire; what a slow client sends starts no program before its end")
    func titan() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo >started; printf '20 text/plain\\n%s ' $CONTENT_LENGTH; cat")
        let host = try makeHost(["localhost"], folder.responder())
        let accepting = VirtualHost(
            names: host.names,
            identity: host.identity,
            responder: host.responder,
            acceptsUploads: true
        )
        try await withServer(hosts: [accepting]) { server async throws in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/x;size=10;mime=text/plain\r\n01234")
            #expect(try await server.answer(to: "gemini://localhost/none").header == "51 Not found")
            #expect(!FileManager.default.fileExists(atPath: folder.files.path("started")))
            try await connection.send("56789")
            let whole = try await connection.readToEnd()
            #expect(String(decoding: whole.bytes, as: UTF8.self) == "20 text/plain\r\n10 0123456789")
            #expect(whole.closeNotify)
        }
    }

    @Test("200 slow programs do not slow what else is served, and all of them get an answer")
    func slowPrograms() async throws {
        var folder = try CGIFolder()
        // A quarter for one address: 32.
        folder.options.maximumProcesses = 128
        folder.options.queueTimeout = .milliseconds(500)
        try folder.script("slow", "read line <fifo; echo '20 text/plain'")
        #expect(mkfifo(folder.files.path("fifo"), 0o600) == 0)
        let cgi = try folder.responder()
        let page = ClosureResponder { _ in .text("page\n") }
        let both = ClosureResponder { request in
            try await request.path == "/page" ? page.respond(to: request) : cgi.respond(to: request)
        }
        try await withServer(responder: both, alone: true) { server async throws in
            func pages() async throws -> [Duration] {
                var times: [Duration] = []
                for _ in 0..<50 {
                    let start = ContinuousClock.now
                    #expect(try await server.answer(to: "gemini://localhost/page").header == "20 text/plain")
                    times.append(ContinuousClock.now - start)
                }
                return times.sorted()
            }
            let alone = try await pages()
            let slow = (0..<200).map { _ in
                Task { try await server.answer(to: "gemini://localhost/slow").header }
            }
            #expect(await eventually { server.running.connectionCount >= 32 })
            let beside = try await pages()
            #expect(beside[25] < alone[25] * 5 + .milliseconds(250), "\(beside[25]) against \(alone[25])")

            let fifo = open(folder.files.path("fifo"), O_RDWR)
            let lines = [UInt8](repeating: 0x0A, count: 200)
            #expect(write(fifo, lines, lines.count) == lines.count)
            var headers: [String: Int] = [:]
            for task in slow { headers[String(try await task.value.prefix(2)), default: 0] += 1 }
            close(fifo)
            #expect(Set(headers.keys).isSubset(of: ["20", "41"]))
            #expect(headers["20", default: 0] >= 32)
            #expect(headers.values.reduce(0, +) == 200)
        }
    }
}
