import TestSupport
import Testing
import Foundation

@Suite struct SmokeTests {
    @Test(arguments: 0..<40) func smoke(i: Int) async throws {
        try await withServer { server in
            let start = ContinuousClock.now
            let a = try await server.answer(to: "gemini://localhost/")
            #expect(a.text == "20 text/gemini\r\n# Hello\n")
            #expect(a.closeNotify)
            print("took", ContinuousClock.now - start)
        }
    }
}
