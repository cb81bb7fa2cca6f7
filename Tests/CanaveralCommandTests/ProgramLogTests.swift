import GeminiProtocol
import Logging
import Testing

@testable import CanaveralCommand

@Suite("The program's log")
struct ProgramLogTests {
    private static let moment = Timestamp(secondsSinceEpoch: 1_795_207_869)

    @Test("A line has its time and its level; in the journal its priority")
    func line() {
        func line(_ level: Logger.Level, isJournal: Bool) -> String {
            ProgramLog.line("Done.", level: level, at: Self.moment, isJournal: isJournal)
        }
        #expect(line(.notice, isJournal: false) == "2026-11-20T20:51:09Z notice: Done.\n")
        let lines = Logger.Level.allCases.map { line($0, isJournal: true) }
        #expect(lines == [7, 7, 6, 5, 4, 3, 2].map { "<\($0)>Done.\n" })
    }
}
