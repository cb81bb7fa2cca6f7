import GeminiProtocol
import GeminiTLS
import NIOCore
import NIOSSL
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Bodies that a client receives")
struct BodyTests {
    @Test("GP-013: a body without close_notify is handed out, and said to be truncated")
    func truncated() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\nabc")
            try await visit.connection.finishWire()
        } _: { server in
            let page = try await makeClient().page(at: server.url())
            #expect(try page.text == "abc")
            #expect(page.isTruncated)
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-012, GP-013: so is a body that a reset cuts off")
    func reset() async throws {
        let gate = Gate()
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\nabc")
            try await gate.wait()
            await visit.connection.reset()
        } _: { server in
            let stream = try await makeClient().stream(server.url()).get()
            var text = ""
            for try await piece in stream.body {
                text += String(buffer: piece)
                gate.open()
            }
            #expect(text == "abc")
            #expect(stream.body.isTruncated == true)
        }
    }

    @Test("GP-018: a stream's first piece is there while the server still works on the second")
    func streaming() async throws {
        let gate = Gate()
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\none")
            try await gate.wait()
            try await visit.send("two")
            try await visit.connection.closeOutput()
        } _: { server in
            let stream = try await makeClient().stream(server.url()).get()
            #expect(stream.mediaType == .plainText)
            #expect(stream.body.isTruncated == nil)
            var body = stream.body.makeAsyncIterator()
            #expect(try await body.next().map { String(buffer: $0) } == "one")
            gate.open()
            #expect(try await body.next().map { String(buffer: $0) } == "two")
            #expect(try await body.next() == nil)
            #expect(stream.body.isTruncated == false)
        }
    }

    @Test("A server is held back while nobody reads, and nothing is lost")
    func backPressure() async throws {
        let size = 32 << 20
        let progress = Progress()
        try await withScriptedServer(alone: true) { visit in
            try await visit.request()
            try await visit.send("20 application/octet-stream\r\n")
            let piece = [UInt8](repeating: 7, count: 64 << 10)
            for _ in 0..<(size / piece.count) {
                try await visit.connection.send(piece)
                progress.add(piece.count)
            }
            try await visit.connection.closeOutput()
        } _: { server in
            let stream = try await makeClient { $0.streamLimits.stallTimeout = .seconds(1) }
                .stream(server.url()).get()
            var body = stream.body.makeAsyncIterator()
            var count = try await body.next()?.readableBytes ?? 0
            // Longer than the stall limit, which is the server's and does not run while it is the reader who waits.
            let held = await progress.settles(for: .milliseconds(1300))
            #expect(held < size / 2)
            while let piece = try await body.next() { count += piece.readableBytes }
            #expect(count == size)
            #expect(stream.body.isTruncated == false)
        }
    }

    @Test("GP-014: an endless body ends at the limit that was set, and the client closes")
    func sizeLimit() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\n")
            while true { try await visit.connection.send([UInt8](repeating: 65, count: 16 << 10)) }
        } _: { server in
            let url = try server.url()
            let failure = await error { try await makeClient { $0.limits.maximumBodySize = 1 << 20 }.page(at: url) }
            guard case .bodyTooLarge(limit: 1_048_576) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-014: a body of exactly the limit is whole")
    func atLimit() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nabcd")
        } _: { server in
            let page = try await makeClient { $0.limits.maximumBodySize = 4 }.page(at: server.url())
            #expect(try page.text == "abcd")
        }
    }

    @Test("A stream that nobody reads on is closed, with goodbye")
    func readerStops() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\n")
            while true { try await visit.connection.send([UInt8](repeating: 65, count: 16 << 10)) }
        } _: { server in
            do {
                let stream = try await makeClient().stream(server.url()).get()
                for try await _ in stream.body { break }
            }
            #expect(await server.becomesIdle())
            // Another one, of which nobody reads a byte.
            _ = try await makeClient().stream(server.url()).get()
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-002, GP-008: what was negotiated is told", arguments: [TLSSession.Version.v1_2, .v1_3])
    func session(version: TLSSession.Version) async throws {
        var tls = try ScriptedServer.TLS()
        tls.versions = version == .v1_2 ? .tlsv12 ... .tlsv12 : .tlsv13 ... .tlsv13
        try await withScriptedServer(tls: tls) {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let page = try await makeClient().page(at: server.url())
            #expect(page.exchange.tls.version == version)
            #expect(page.exchange.tls.cipherSuite.map { "\($0)".contains("GCM") || "\($0)".contains("POLY") } == true)
            #expect(page.exchange.certificate?.fingerprint == server.identity?.leaf.fingerprint)
        }
    }

    @Test("GP-002: a server that speaks no more than TLS 1.1 is an error")
    func oldTLS() async throws {
        var tls = try ScriptedServer.TLS()
        tls.versions = .tlsv1 ... .tlsv11
        try await withScriptedServer(tls: tls) {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let url = try server.url()
            guard case .tlsFailed = await error(of: { try await makeClient().page(at: url) }) else {
                Issue.record("no error")
                return
            }
        }
    }
}
