import Foundation
import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOCore
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
}
