import Foundation
import GeminiServer
import NIOConcurrencyHelpers
import TestSupport
import Testing

@Suite("Access logs that cannot be written", .timeLimit(.minutes(10)))
struct AccessLogTroubleTests {
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
        for number in 0..<count { log.record(.numbered(number)) }

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
        let numbers = loggedNumbers(text)
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

    @Test("A file that cannot be opened is one sentence")
    func unopenable() throws {
        let error = #expect(throws: FileError.self) {
            try AccessLogFile(path: "/nowhere/access.log", logger: RecordingLog().logger)
        }
        #expect(error?.description == "/nowhere/access.log: No such file or directory.")
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
        log.record(.numbered(1))
        await log.flush()
        #expect(messages.contains("The access log cannot be written: No space left on device."))
        log.record(.numbered(2))
        await log.flush()
    }
    #endif
}
