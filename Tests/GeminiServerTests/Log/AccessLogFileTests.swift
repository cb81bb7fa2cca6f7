import Foundation
import GeminiServer
import TestSupport
import Testing

@Suite("Access log files", .timeLimit(.minutes(10)))
struct AccessLogFileTests {
    @Test("Lines are written by themselves, soon")
    func soon() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        log.record(.numbered(1))
        #expect(try await eventually { try String(contentsOfFile: path, encoding: .utf8).hasSuffix("34\n") == false })
        #expect(try await eventually { loggedNumbers(try String(contentsOfFile: path, encoding: .utf8)) == [1] })
        log.record(.numbered(2))
        #expect(try await eventually { loggedNumbers(try String(contentsOfFile: path, encoding: .utf8)) == [1, 2] })
    }

    @Test("A flush leaves nothing behind, in the order in which it came")
    func flush() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        for number in 0..<1000 { log.record(.numbered(number)) }
        await log.flush()
        #expect(loggedNumbers(try String(contentsOfFile: path, encoding: .utf8)) == Array(0..<1000))
    }

    @Test("A log that exists is gone on with, and others may not read a new one")
    func appending() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        for number in 0..<3 {
            let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
            log.record(.numbered(number))
            await log.flush()
        }
        #expect(loggedNumbers(try String(contentsOfFile: path, encoding: .utf8)) == [0, 1, 2])
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
                group.addTask { for number in 0..<100 { log.record(.numbered(task * 100 + number)) } }
            }
        }
        await log.flush()
        #expect(loggedNumbers(try String(contentsOfFile: path, encoding: .utf8)).sorted() == Array(0..<800))
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
            log.record(.numbered(1))
            await log.reopen()
            log.record(.numbered(2))
            await log.flush()
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.allSatisfy { $0.hasPrefix(isJournal ? "<6>2026-11-20T" : "2026-11-20T") })
        }
    }
}
