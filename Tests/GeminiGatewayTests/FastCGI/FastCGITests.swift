import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import GeminiGateway

@Suite("FastCGI")
struct FastCGITests {
    @Test("FC-01: the request, record by record")
    func request() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.fastCGIRequest()
            try await visit.answerFastCGI("20 text/plain\r\nhello")
        } _: { server async throws in
            let outcome = try await BackendOutcome(of: .fastCGI(to: .scripted(server), options: .short()))
            #expect(outcome == BackendOutcome("20 text/plain", "hello"))
            let sent = server.visits[0].received.bytes
            #expect(sent.starts(with: FastCGIRecord.begin(keepsConnection: true)))
            #expect(sent.suffix(16) == FastCGIRecord.parameters([]) + FastCGIRecord.inputHeader(0))
            #expect(String(decoding: sent, as: UTF8.self).contains("\u{9}\u{2}PATH_INFO/x"))
        }
    }

    @Test("FC-01: an upload goes to standard input, however large")
    func upload() async throws {
        let size = 200_000
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.fastCGIRequest()
            try await visit.answerFastCGI("30 gemini://localhost/\r\n")
        } _: { server async throws in
            let outcome = try await BackendOutcome(
                of: .fastCGI(to: .scripted(server), options: .short()),
                "titan://localhost/app/x;size=\(size);mime=text/plain",
                upload: ["abc", String(repeating: "x", count: size - 3)]
            )
            #expect(outcome == BackendOutcome("30 gemini://localhost/"))
            let sent = server.visits[0].received.bytes
            #expect(sent[10] == 0, "an upload's connection is not kept")
            var input: [UInt8] = []
            var rest = sent[...]
            while rest.count >= 8 {
                let header = Array(rest.prefix(8))
                let count = Int(header[4]) << 8 | Int(header[5])
                if header[1] == 5 { input += rest.dropFirst(8).prefix(count) }
                rest = rest.dropFirst(8 + count + Int(header[6]))
            }
            #expect(rest.isEmpty)
            #expect(input.count == size)
            #expect(input.starts(with: Array("abcx".utf8)))
        }
    }

    @Test("TI-12: a refusal before the upload was read is heard")
    func early() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.connection.stopReading()
            try await visit.connection.send(record(6, "50 No uploads\r\n") + endRecord())
        } _: { server async throws in
            var options = BackendOptions.short()
            options.uploadLimit = 64 << 20
            options.stallTimeout = .seconds(20)
            let outcome = try await BackendOutcome(
                of: .fastCGI(to: .scripted(server), options: options),
                "titan://localhost/app/x;size=\(32 << 20);mime=text/plain",
                upload: Array(repeating: String(repeating: "x", count: 1 << 20), count: 32)
            )
            #expect(outcome == BackendOutcome("50 No uploads"))
        }
    }

    static let faults: [SCGITests.Fault] = [
        .init(testDescription: "silent", expected: .gatewayError, logged: "too long for its first line") { _ in },
        .init(testDescription: "garbage", expected: .gatewayError, logged: "does not speak FastCGI") {
            try await $0.send("20 text/plain\r\nhello")
        },
        .init(testDescription: "half a record's header", expected: .gatewayError, logged: "printed nothing") {
            try await $0.fastCGIRequest()
            try await $0.connection.send([1, 6, 0])
            try await $0.connection.closeOutput()
        },
        .init(testDescription: "closes at once", expected: .gatewayError, logged: "before the end") {
            try await $0.connection.closeOutput()
        },
        .init(testDescription: "another request's id", expected: .gatewayError, logged: "request 7") {
            try await $0.connection.send(record(6, "20 text/plain\r\nhello", id: 7))
        },
        .init(testDescription: "ends without a word", expected: .gatewayError, logged: "printed nothing") {
            try await $0.connection.send(endRecord())
        },
        .init(testDescription: "no response", expected: .gatewayError, logged: "not a status") {
            try await $0.connection.send(record(6, "Status: 200 OK\r\n\r\n") + endRecord())
        },
        .init(testDescription: "fails before its header", expected: .gatewayError, logged: "application status 3") {
            try await $0.connection.send(endRecord(application: 3))
        },
        .init(testDescription: "is overloaded", expected: .init("41 Server unavailable"), logged: "overloaded") {
            try await $0.connection.send(endRecord(protocol: 2))
        },
        .init(testDescription: "knows no such role", expected: .gatewayError, logged: "protocol status 3") {
            try await $0.connection.send(endRecord(protocol: 3))
        },
        .init(testDescription: "fails with its header", expected: .gatewayError, logged: "application status 1") {
            try await $0.connection.send(record(6, "20 text/plain\r\nhalf") + endRecord(application: 1))
        },
        .init(
            testDescription: "fails after its header",
            expected: BackendOutcome("20 text/plain", "half", isWhole: false),
            logged: "application status 1"
        ) {
            try await $0.connection.send(record(6, "20 text/plain\r\nhalf"))
            try await Task.sleep(for: .milliseconds(50))
            try await $0.connection.send(endRecord(application: 1))
        },
        .init(
            testDescription: "closes without an end",
            expected: BackendOutcome("20 text/plain", "all of it", isWhole: false),
            logged: "before the end"
        ) {
            try await $0.fastCGIRequest()
            try await $0.connection.send(record(6, "20 text/plain\r\nall of it") + record(6, ""))
            try await Task.sleep(for: .milliseconds(50))
            try await $0.connection.closeOutput()
        },
        .init(
            testDescription: "a record that is longer than what comes",
            expected: BackendOutcome("20 text/plain", "half", isWhole: false),
            logged: "stopped"
        ) { try await $0.connection.send(record(6, "20 text/plain\r\nhalf", length: 500)) },
        .init(
            testDescription: "a record that is shorter than what comes",
            expected: .gatewayError,
            logged: "does not speak FastCGI"
        ) { try await $0.connection.send(record(6, "20 text/plain\r\nlie", length: 15) + endRecord()) },
        .init(
            testDescription: "a body beyond the limit",
            expected: BackendOutcome("20 text/plain", "1234", isWhole: false),
            logged: "more than 6 bytes",
            change: { $0.outputLimit = 6 },
            script: {
                try await $0.connection.send(record(6, "20 text/plain\r\n1234"))
                try await Task.sleep(for: .milliseconds(50))
                try await $0.connection.send(record(6, "567"))
            }
        ),
        .init(testDescription: "errors without end", expected: .gatewayError, logged: "first line") {
            while true { try await $0.connection.send(record(7, String(repeating: "e", count: 1000))) }
        },
    ]

    @Test("FC-02: a daemon that misbehaves is 41, 42, or a response that is cut off", arguments: Self.faults)
    func fault(_ fault: SCGITests.Fault) async throws {
        let log = RecordingLog()
        try await withScriptedServer(isPlain: true, fault.script) { server in
            var options = BackendOptions.short(log)
            options.keptConnections = 0
            fault.change(&options)
            let begin = ContinuousClock.now
            let outcome = try await BackendOutcome(of: .fastCGI(to: .scripted(server), options: options))
            #expect(ContinuousClock.now - begin < .seconds(60))
            #expect(outcome == fault.expected)
            if let logged = fault.logged { #expect(log.contains(logged), "\(log.messages)") }
            #expect(await server.becomesIdle())
        }
    }

    @Test("FC-02: a response that comes byte by byte is whole")
    func slow() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            let bytes = record(6, "20 text/plain\r\nslow", padding: 4) + record(99, "?") + endRecord()
            try await visit.connection.send(bytes, inPiecesOf: 1)
        } _: { server async throws in
            let outcome = try await BackendOutcome(of: .fastCGI(to: .scripted(server), options: .short()))
            #expect(outcome == BackendOutcome("20 text/plain", "slow"))
        }
    }

    @Test("FC-02: standard error goes to the log line by line, harmless and up to a limit")
    func errors() async throws {
        let log = RecordingLog()
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.connection.send(record(7, "one\u{1B}[2J\ntwo\n"))
            for _ in 0..<1000 { try await visit.connection.send(record(7, String(repeating: "e", count: 5000))) }
            try await visit.answerFastCGI("20 text/plain\r\nfine")
        } _: { server async throws in
            var options = BackendOptions.short(log)
            options.headerTimeout = .seconds(20)
            let outcome = try await BackendOutcome(of: .fastCGI(to: .scripted(server), options: options))
            #expect(outcome == BackendOutcome("20 text/plain", "fine"))
            let said = log.messages.map(\.text).filter { $0.hasPrefix("The daemon says") }
            #expect(said.prefix(2) == [#"The daemon says: one\x1B[2J"#, "The daemon says: two"])
            #expect(said.last?.hasSuffix("There is more, which is dropped.") == true)
            #expect(said.reduce(0) { $0 + $1.utf8.count } < 9000)
        }
    }

    @Test("When the client leaves, the daemon is told to abort")
    func abort() async throws {
        try await withScriptedServer(isPlain: true, isSecond: true) { visit in
            try await visit.fastCGIRequest()
            try await visit.connection.send(record(6, "20 text/plain\r\nbegins"))
        } _: { daemon async throws in
            let responder = FastCGI(to: .scripted(daemon))
            try await withServer(responder: responder) { server in
                let connection = try await server.connect()
                try await connection.send("gemini://localhost/\r\n")
                _ = try await connection.read(atLeast: 20)
                await connection.reset()
                #expect(await daemon.becomesIdle())
                #expect(daemon.visits[0].received.bytes.suffix(8) == FastCGIRecord.abort)
            }
        }
    }
}

extension ScriptedVisit {
    /// Waits for the end of the first so many requests.
    func fastCGIRequest(_ number: Int = 1) async throws {
        while true {
            let bytes = self.received.bytes
            if Self.requests(in: bytes) >= number { return }
            let transcript = try await self.connection.read(atLeast: bytes.count + 1)
            if transcript.ended { throw CancellationError() }
        }
    }

    func answerFastCGI(_ response: String) async throws {
        try await self.connection.send(record(6, response) + record(6, "") + endRecord())
    }

    private static func requests(in bytes: [UInt8]) -> Int {
        var rest = bytes[...]
        var count = 0
        while rest.count >= 8 {
            let header = Array(rest.prefix(8))
            let length = Int(header[4]) << 8 | Int(header[5])
            if header[1] == 5, length == 0 { count += 1 }
            rest = rest.dropFirst(8 + length + Int(header[6]))
        }
        return count
    }
}
