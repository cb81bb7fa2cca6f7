import Foundation
import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("Access log files", .timeLimit(.minutes(10)))
struct AccessLogFileTests {
    private static func entry(_ number: Int) -> AccessLogEntry {
        var entry = AccessLogEntry(
            remoteAddress: nil,
            acceptedAt: Timestamp(secondsSinceEpoch: 1_795_207_869),
            requestLine: Array("gemini://localhost/\(number)".utf8)
        )
        entry.header = .success(.gemtext)
        return entry
    }

    private static func numbers(_ text: String) -> [Int] {
        text.split(separator: "\n").compactMap { line in
            line.wholeMatch(of: /- \[[^\]]+\] "gemini:\/\/localhost\/(\d+)" 20 "text\/gemini" 0/).flatMap { Int($0.1) }
        }
    }

    @Test("Lines are written by themselves, soon")
    func soon() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        log.record(Self.entry(1))
        #expect(try await eventually { try String(contentsOfFile: path, encoding: .utf8).hasSuffix("34\n") == false })
        #expect(try await eventually { Self.numbers(try String(contentsOfFile: path, encoding: .utf8)) == [1] })
        log.record(Self.entry(2))
        #expect(try await eventually { Self.numbers(try String(contentsOfFile: path, encoding: .utf8)) == [1, 2] })
    }

    @Test("A flush leaves nothing behind, in the order in which it came")
    func flush() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        for number in 0..<1000 { log.record(Self.entry(number)) }
        await log.flush()
        #expect(Self.numbers(try String(contentsOfFile: path, encoding: .utf8)) == Array(0..<1000))
    }

    @Test("A log that exists is gone on with, and others may not read a new one")
    func appending() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        for number in 0..<3 {
            let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
            log.record(Self.entry(number))
            await log.flush()
        }
        #expect(Self.numbers(try String(contentsOfFile: path, encoding: .utf8)) == [0, 1, 2])
        let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(permissions.map { $0 & 0o137 } == 0)
    }

    @Test("Many threads at once make whole lines")
    func concurrent() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask { for number in 0..<100 { log.record(Self.entry(task * 100 + number)) } }
            }
        }
        await log.flush()
        #expect(Self.numbers(try String(contentsOfFile: path, encoding: .utf8)).sorted() == Array(0..<800))
    }

    @Test("A pipe that nobody reads delays nobody; what is over 1 MiB is dropped and counted")
    func dropping() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        try #require(reader >= 0)
        let messages = RecordingLog()
        let log = try AccessLogFile(path: path, logger: messages.logger)

        let count = 40_000
        for number in 0..<count { log.record(Self.entry(number)) }

        let flush = Task { await log.flush() }
        let isFlushed = NIOLockedValueBox(false)
        Task {
            await flush.value
            isFlushed.withLockedValue { $0 = true }
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        func readAll() {
            while case let count = read(reader, &buffer, buffer.count), count > 0 { bytes += buffer.prefix(count) }
        }
        let isDone = await eventually {
            readAll()
            return isFlushed.withLockedValue { $0 }
        }
        #expect(isDone)
        readAll()
        close(reader)

        let text = String(decoding: bytes, as: UTF8.self)
        let numbers = Self.numbers(text)
        #expect(text.split(separator: "\n").count == numbers.count, "only whole lines")
        let dropped = messages.messages.compactMap { message in
            message.text.prefixMatch(of: /(\d+) lines of the access log were dropped/).flatMap { Int($0.1) }
        }
        #expect(numbers.count + dropped.reduce(0, +) == count)
        #expect(bytes.count > 1 << 20 && bytes.count < 2 << 20)
        #expect(numbers == numbers.sorted())
    }

    @Test("A pipe that nobody has opened is an error, not a wait")
    func unreadPipe() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        let error = #expect(throws: FileError.self) { try AccessLogFile(path: path, logger: RecordingLog().logger) }
        #expect(error?.errno == ENXIO)
    }

    #if os(Linux)
    /// In a process of its own: a limit on the size of files cuts a write as a full disk does.
    @Test("A line that was cut is ended before the next, and what was lost is counted")
    func cutLine() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryDirectory()
            let path = folder.path("lines")
            let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
            let troubles = NIOLockedValueBox<[String]>([])
            let writer = LineWriter(descriptor: descriptor, closesDescriptor: true) { trouble in
                troubles.withLockedValue { $0.append("\(trouble)") }
            }
            let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
            var limit = rlimit()
            getrlimit(resource, &limit)
            var low = limit
            low.rlim_cur = 10
            signal(SIGXFSZ, SIG_IGN)
            setrlimit(resource, &low)
            writer.add { $0 += Array("first\nsecond\nthird\n".utf8) }
            await writer.flush()
            setrlimit(resource, &limit)
            writer.add { $0 += Array("fourth\n".utf8) }
            await writer.flush()
            let lines = try String(contentsOfFile: path, encoding: .utf8)
            try #require(lines == "first\nseco\nfourth\n")
            try #require(troubles.withLockedValue { $0 } == ["failing(\(EFBIG))", "recovered(lost: 2)"])
        }
    }

    @Test("A full disk is an error in the server's log, and no more than that")
    func fullDisk() async throws {
        let messages = RecordingLog()
        let log = try AccessLogFile(path: "/dev/full", logger: messages.logger)
        log.record(Self.entry(1))
        await log.flush()
        #expect(messages.contains("The access log cannot be written: No space left on device."))
        log.record(Self.entry(2))
        await log.flush()
    }
    #endif

    @Test("A file that cannot be opened is one sentence")
    func unopenable() throws {
        let error = #expect(throws: FileError.self) {
            try AccessLogFile(path: "/nowhere/access.log", logger: RecordingLog().logger)
        }
        #expect(error?.description == "/nowhere/access.log: No such file or directory.")
    }

    @Test("One line for each request, whatever was sent")
    func served() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        let requests: [[UInt8]] = [
            Array("gemini://localhost/".utf8),
            Array("gemini://localhost/\"\n127.0.0.1 [forged] \"gemini://localhost/".utf8),
            Array("\u{1B}]0;owned\u{7}\u{202E}".utf8),
            [0xFF, 0x00, 0x0A, 0x0A, 0x0D],
            [],
        ]
        let logging: @Sendable (inout ServerConfiguration) -> Void = { $0.accessLog = log }
        try await withServer(configure: logging) { server in
            for request in requests { _ = try await server.answer(to: request + [0x0D, 0x0A]) }
            #expect(await server.becomesIdle())
        }
        await log.flush()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.unicodeScalars.count { $0 == "\n" } == requests.count)
        let lines = text.split(separator: "\n")
        #expect(
            lines.allSatisfy {
                $0.wholeMatch(of: /127\.0\.0\.1 \[[^\]]+\] "([^"\\]|\\.)*" [25][09] "([^"\\]|\\.)*" \d+/) != nil
            }
        )
    }

    @Test("Opened again and again under load: each line is in one file, whole, and in its order")
    func reopening() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        let (writers, each, turns) = (4, 2000, 20)
        try await withThrowingTaskGroup { group in
            for writer in 0..<writers {
                group.addTask {
                    for number in 0..<each {
                        log.record(Self.entry(writer * each + number))
                        if number % 100 == 0 { await Task.yield() }
                    }
                }
            }
            group.addTask {
                for turn in 0..<turns {
                    try FileManager.default.moveItem(atPath: path, toPath: folder.path("\(turn).log"))
                    await log.reopen()
                }
            }
            try await group.waitForAll()
        }
        await log.flush()
        var numbers: [Int] = []
        for name in (0..<turns).map({ "\($0).log" }) + ["access.log"] {
            let text = try String(contentsOfFile: folder.path(name), encoding: .utf8)
            let found = Self.numbers(text)
            #expect(text.isEmpty || text.hasSuffix("\n") && text.split(separator: "\n").count == found.count)
            numbers += found
        }
        #expect(numbers.sorted() == Array(0..<(writers * each)))
        for writer in 0..<writers {
            let own = numbers.filter { $0 / each == writer }
            #expect(own == own.sorted())
        }
    }

    @Test("What was recorded before is in the old file, what comes after in the new one")
    func reopenedAt() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        for number in 0..<50 { log.record(Self.entry(number)) }
        try FileManager.default.moveItem(atPath: path, toPath: folder.path("old.log"))
        await log.reopen()
        for number in 50..<100 { log.record(Self.entry(number)) }
        await log.flush()
        #expect(Self.numbers(try String(contentsOfFile: folder.path("old.log"), encoding: .utf8)) == Array(0..<50))
        #expect(Self.numbers(try String(contentsOfFile: path, encoding: .utf8)) == Array(50..<100))
    }

    @Test("A file that cannot be opened again leaves the log where it was, and is said")
    func unreopenable() async throws {
        let folder = try TemporaryDirectory()
        try folder.makeFolder("logs")
        let messages = RecordingLog()
        let log = try AccessLogFile(path: folder.path("logs/access.log"), logger: messages.logger)
        log.record(Self.entry(1))
        try FileManager.default.moveItem(atPath: folder.path("logs"), toPath: folder.path("old"))
        await log.reopen()
        log.record(Self.entry(2))
        await log.flush()
        #expect(Self.numbers(try String(contentsOfFile: folder.path("old/access.log"), encoding: .utf8)) == [1, 2])
        let message = try #require(messages.messages.last)
        #expect(message.level == .error)
        #expect(
            message.text == "The access log cannot be opened again and goes on in the file that it has: "
                + "\(folder.path("logs/access.log")): No such file or directory."
        )
    }

    @Test("On standard output nothing is opened again; in the journal each line has its priority")
    func standardOutput() async throws {
        let folder = try TemporaryDirectory()
        for isJournal in [false, true] {
            let path = folder.path("\(isJournal)")
            let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            let log = AccessLogFile.standardOutput(
                descriptor: descriptor,
                format: .tsv,
                isJournal: isJournal,
                logger: RecordingLog().logger
            )
            log.record(Self.entry(1))
            await log.reopen()
            log.record(Self.entry(2))
            await log.flush()
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.allSatisfy { $0.hasPrefix(isJournal ? "<6>2026-11-20T" : "2026-11-20T") })
        }
    }

    @Test("A server's entries have what every format tells", .timeLimit(.minutes(10)))
    func fields() async throws {
        let identity = try TestIdentity()
        let responder: any Responder = .closure { request in
            request.path == "/long"
                ? .success(
                    .plainText,
                    .stream {
                        try await $0.write("a")
                        try await $0.write("b")
                    }
                ) : .text("Hello")
        }
        try await withServer(responder: responder) { server in
            _ = try await server.answer(to: "gemini://localhost/", tls: identity.tls(versions: .tlsv12 ... .tlsv12))
            _ = try await server.answer(to: "gemini://localhost/long")
            _ = try await server.answer(to: "gemini://elsewhere/")
            let entries = await server.accessLog.entries(atLeast: 3)
            for entry in entries {
                #expect(entry.port == server.port)
                #expect(entry.isComplete)
                #expect((0...999).contains(entry.acceptedAtMilliseconds))
                let (first, whole) = try (#require(entry.timeToFirstByte), #require(entry.duration))
                #expect(.zero < first && first <= whole && whole < .seconds(60))
            }
            #expect(entries.map { $0.host?.description } == ["localhost", "localhost", nil])
            #expect(entries.map { $0.tls?.version } == [.v1_2, .v1_3, .v1_3])
            #expect(entries.map { $0.tls?.serverName } == ["localhost", "localhost", "localhost"])
            #expect(entries.map { $0.clientCertificate?.der } == [try identity.der, nil, nil])
        }
    }

    @Test("What the server says of a client names it no further than it may", arguments: AddressDisplay.allCases)
    func serverLog(_ display: AddressDisplay) async throws {
        let displaying: (inout ServerConfiguration) -> Void = { $0.addressDisplay = display }
        try await withServer(configure: displaying) { server in
            let connection = try await server.connect(nil)
            try await connection.send("GET / HTTP/1.1\r\n\r\n")
            _ = try await connection.readToEnd()
            #expect(await eventually { server.log.contains("The client speaks no TLS.") })
            _ = try await server.answer(to: "gemini://localhost/")
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            let message = try #require(server.log.messages.first { $0.text.contains("no TLS") })
            let named = message.metadata["gemini.remote-address"].map { "\($0)" }
            #expect(named == entry.displayedAddress)
            switch display {
            case .full: #expect(named == "127.0.0.1")
            case .truncated: #expect(named == "127.0.0.0")
            case .hashed: #expect(named?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
            case .off: #expect(named == nil)
            }
            if display != .full {
                #expect(server.log.messages.allSatisfy { !"\($0.text)\($0.metadata)".contains("127.0.0.1") })
            }
        }
    }
}
