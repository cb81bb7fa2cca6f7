import CanaveralTesting
import GeminiProtocol
import NIOConcurrencyHelpers
import TestSupport
import Testing

@Suite("Clients with faults", .timeLimit(.minutes(10)))
struct FaultTests {
    private let sample: SampleCapsule

    init() throws {
        self.sample = try SampleCapsule()
    }

    @Test("GP-051: a request may come in any pieces", arguments: Transport.allCases, [1, 7, 30])
    func pieces(_ transport: Transport, _ size: Int) async throws {
        let sent = NIOLockedValueBox<[Int]>([])
        let faults = Faults.pieces(of: size) { count in sent.withLockedValue { $0.append(count) } }
        let length = "gemini://localhost/users/alice\r\n".utf8.count
        try await self.sample.capsule.test(transport) { client in
            let page = try await client.with(faults).get("/users/alice")
            #expect(page.text == "# alice\n")
            #expect(sent.withLockedValue { $0 } == Array(stride(from: size, to: length, by: size)))
            #expect(try await client.with(.pieces(of: size)).upload("in pieces", to: "/page").text == "kept 9")
        }
    }

    @Test("A client that goes away within its request gets nothing", arguments: Transport.allCases)
    func requestCut(_ transport: Transport) async throws {
        let sample = self.sample
        try await sample.capsule.test(transport) { client in
            let error = await #expect(throws: TestError.self) {
                try await client.with(.requestCut(after: 12)).get("/users/alice")
            }
            #expect(error?.description == "The client went away after 12 bytes of its request, as it was told.")
        }
    }

    @Test("TI-15: an upload that is cut is not whole", arguments: Transport.allCases)
    func uploadCut(_ transport: Transport) async throws {
        let sample = self.sample
        try await sample.capsule.test(transport) { client in
            let line = "titan://localhost/page;size=50000;mime=text/gemini\r\n".utf8.count
            let text = String(repeating: "x", count: 50_000)
            await #expect(throws: TestError.self) {
                try await client.with(.requestCut(after: line + 20_000)).upload(text, to: "/page")
            }
            #expect(await eventually { await sample.reading.failedUploads == 1 })
            let page = try await client.with(.halfClosed(after: line + 20_000)).upload(text, to: "/page")
            #expect(page.is(.badRequest))
            #expect(page.meta == "The upload ended before all of its bytes had come.")
            #expect(await sample.reading.uploads.isEmpty)
        }
    }

    @Test("GP-011: a client that goes away within the response has a part of it", arguments: Transport.allCases)
    func responseCut(_ transport: Transport) async throws {
        try await self.sample.capsule.test(transport) { client in
            let header = "20 text/plain\r\n".utf8.count
            let page = try await client.with(.responseCut(after: header + 1000)).get("/long")
            #expect(page.isTruncated)
            #expect(page.bytes.count == 1000)
            await #expect(throws: TestError.self) { try await client.with(.responseCut(after: 5)).get("/long") }
            #expect(try await client.get("/long").bytes.count == 300_000)
        }
    }

    @Test("A client that closes its side still gets the whole answer", arguments: Transport.allCases)
    func halfClosed(_ transport: Transport) async throws {
        try await self.sample.capsule.test(transport) { client in
            let page = try await client.with(.halfClosed()).get("/long")
            #expect(page.bytes.count == 300_000)
            #expect(!page.isTruncated)
        }
    }

    @Test("A line that never ends is not answered")
    func unfinishedLine() async throws {
        try await self.sample.capsule.test { client in
            let error = await #expect(throws: TestError.self) {
                try await client.with(.halfClosed(after: 10)).get("/users/alice")
            }
            #expect(error?.description == "The connection ended without an answer to gemini://localhost/users/alice.")
        }
    }
}
