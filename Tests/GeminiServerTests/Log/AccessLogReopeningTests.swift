import Foundation
import GeminiServer
import Logging
import TestSupport
import Testing

@Suite("Access logs that are opened again", .timeLimit(.minutes(10)))
struct AccessLogReopeningTests {
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
                        log.record(.numbered(writer * each + number))
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
            let found = loggedNumbers(text)
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
        for number in 0..<50 { log.record(.numbered(number)) }
        try FileManager.default.moveItem(atPath: path, toPath: folder.path("old.log"))
        await log.reopen()
        for number in 50..<100 { log.record(.numbered(number)) }
        await log.flush()
        #expect(loggedNumbers(try String(contentsOfFile: folder.path("old.log"), encoding: .utf8)) == Array(0..<50))
        #expect(loggedNumbers(try String(contentsOfFile: path, encoding: .utf8)) == Array(50..<100))
    }

    @Test("A file that cannot be opened again leaves the log where it was, and is said")
    func unreopenable() async throws {
        let folder = try TemporaryDirectory()
        try folder.makeFolder("logs")
        let messages = RecordingLog()
        let log = try AccessLogFile(path: folder.path("logs/access.log"), logger: messages.logger)
        log.record(.numbered(1))
        try FileManager.default.moveItem(atPath: folder.path("logs"), toPath: folder.path("old"))
        await log.reopen()
        log.record(.numbered(2))
        await log.flush()
        #expect(loggedNumbers(try String(contentsOfFile: folder.path("old/access.log"), encoding: .utf8)) == [1, 2])
        let message = try #require(messages.messages.last)
        #expect(message.level == .error)
        #expect(
            message.text == "The access log cannot be opened again and goes on in the file that it has: "
                + "\(folder.path("logs/access.log")): No such file or directory."
        )
    }
}
