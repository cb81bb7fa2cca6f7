import Canaveral
import CanaveralTesting
import GeminiProtocol
import TestSupport
import Testing

@Suite("What a failed test shows, and what a test costs", .timeLimit(.minutes(10)))
struct ReportingTests {
    @Test("A page describes itself with status, text, address and the beginning of its body")
    func description() async throws {
        try await SampleCapsule().capsule.test { client in
            let page = try await client.get("/users/alice")
            #expect("\(page)" == "20 text/gemini (gemini://localhost/users/alice)\n# alice\n")
            let missing = try await client.get("/nowhere")
            #expect("\(missing)" == "\(missing.header) (gemini://localhost/nowhere)")
            #expect("\(missing)".hasPrefix("51 "))
            let long = try await client.get("/long")
            #expect("\(long)".count < 500)
            #expect("\(long)".hasSuffix("…"))
            let error = #expect(throws: TestError.self) { try missing.require(.success) }
            #expect(error?.description == "Status 20 Success was expected, not \(missing)")
            try page.require(.success)
        }
    }

    @Test("Exchanges are recorded where a test asks for it", arguments: Transport.allCases)
    func accessLog(_ transport: Transport) async throws {
        let log = RecordingAccessLog()
        try await SampleCapsule().capsule.test(transport, accessLog: .sink(log)) { client in
            _ = try await client.get("/users/alice")
            #expect(await eventually { log.entries.count == 1 })
        }
        let entry = try #require(log.entries.first)
        #expect(entry.requestLine == Array("gemini://localhost/users/alice".utf8))
        #expect(entry.host?.description == "localhost")
        #expect(entry.header?.status == .success)
        #expect(entry.bytes == "20 text/gemini\r\n# alice\n".utf8.count)
        #expect(entry.isComplete)
    }

    @Test("A hundred requests in process take a moment")
    func cost() async throws {
        let sample = try SampleCapsule()
        let duration = try await ContinuousClock().measure {
            try await sample.capsule.test { client in
                for number in 0..<100 {
                    let page = try await client.get("/users/\(number)")
                    #expect(page.status == .success)
                }
            }
        }
        print("A hundred requests in process: \(duration)")
        #expect(duration < .seconds(30))
    }
}
