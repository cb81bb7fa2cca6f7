import GeminiServer
import Logging
import TestSupport
import Testing

@testable import GeminiGateway

@Suite("FastCGI: connections that are kept")
struct FastCGIConnectionTests {
    @Test("FC-01: a connection serves one request after the other")
    func reuse() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            for number in 1... {
                try await visit.fastCGIRequest(number)
                try await visit.answerFastCGI("20 text/plain\r\nanswer \(number)")
            }
        } _: { server async throws in
            let responder = FastCGI(to: .scripted(server), options: .short())
            for number in 1...5 {
                let outcome = try await BackendOutcome(of: responder)
                #expect(outcome == BackendOutcome("20 text/plain", "answer \(number)"))
            }
            #expect(server.visits.count == 1)
        }
    }

    @Test("A refusal leaves its connection as good as new")
    func refusals() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            for number in 1... {
                try await visit.fastCGIRequest(number)
                try await visit.connection.send(record(6, "51 Not here\r\n"))
                try await visit.connection.send(endRecord())
            }
        } _: { server async throws in
            let responder = FastCGI(to: .scripted(server), options: .short())
            #expect(try await BackendOutcome(of: responder) == BackendOutcome("51 Not here"))
            let isReused = try await eventually {
                let before = server.visits.count
                _ = try await BackendOutcome(of: responder)
                return server.visits.count == before
            }
            #expect(isReused)
        }
    }

    @Test("A kept connection that is dead costs a second attempt, and no answer")
    func stale() async throws {
        let log = RecordingLog()
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.fastCGIRequest()
            try await visit.answerFastCGI("20 text/plain\r\nanswer \(visit.number)")
            try await visit.fastCGIRequest(2)
            await visit.connection.reset()
        } _: { server async throws in
            let responder = FastCGI(to: .scripted(server), options: .short(log))
            #expect(try await BackendOutcome(of: responder) == BackendOutcome("20 text/plain", "answer 0"))
            #expect(try await BackendOutcome(of: responder) == BackendOutcome("20 text/plain", "answer 1"))
            #expect(log.messages.filter { $0.level >= .warning }.isEmpty)
        }
    }

    @Test("A second attempt is the last")
    func twiceStale() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.fastCGIRequest()
            if visit.number == 0 {
                try await visit.answerFastCGI("20 text/plain\r\nfirst")
                try await visit.fastCGIRequest(2)
            }
            try await visit.connection.closeOutput()
        } _: { server async throws in
            let responder = FastCGI(to: .scripted(server), options: .short())
            #expect(try await BackendOutcome(of: responder) == BackendOutcome("20 text/plain", "first"))
            #expect(try await BackendOutcome(of: responder) == .gatewayError)
            #expect(server.visits.count == 2)
        }
    }

    @Test("A kept connection that fails once something came of it is not tried again")
    func notStale() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.fastCGIRequest()
            try await visit.answerFastCGI("20 text/plain\r\nfirst")
            try await visit.fastCGIRequest(2)
            try await visit.connection.send([1, 6])
            try await visit.connection.closeOutput()
        } _: { server async throws in
            let responder = FastCGI(to: .scripted(server), options: .short())
            #expect(try await BackendOutcome(of: responder) == BackendOutcome("20 text/plain", "first"))
            #expect(try await BackendOutcome(of: responder) == .gatewayError)
            #expect(server.visits.count == 1)
        }
    }

    @Test("What nobody uses is closed after its time, and one to which unasked bytes come at once")
    func idle() async throws {
        for sendsMore in [false, true] {
            try await withScriptedServer(isPlain: true) { visit in
                try await visit.fastCGIRequest()
                try await visit.answerFastCGI("20 text/plain\r\nhello")
                if sendsMore {
                    try await Task.sleep(for: .milliseconds(50))
                    try await visit.connection.send(record(6, "20 text/plain\r\nforged") + endRecord())
                }
            } _: { server async throws in
                var options = BackendOptions.short()
                options.keepTimeout = sendsMore ? .seconds(600) : .milliseconds(100)
                let responder = FastCGI(to: .scripted(server), options: options)
                #expect(try await BackendOutcome(of: responder) == BackendOutcome("20 text/plain", "hello"))
                #expect(await server.becomesIdle())
            }
        }
    }

    @Test("No more connections are kept than the limit")
    func bounded() async throws {
        let gate = Gate()
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.fastCGIRequest()
            // The header of each is there before the first is whole: nobody waits for a turn.
            try await visit.connection.send(record(6, "20 text/plain\r\n"))
            if visit.number < 4 {
                try await gate.wait()
            } else {
                gate.open()
            }
            try await visit.connection.send(record(6, "hello") + endRecord())
        } _: { server async throws in
            var options = BackendOptions.short()
            options.stallTimeout = .seconds(20)
            options.keptConnections = 2
            let responder = FastCGI(to: .scripted(server), options: options)
            try await withThrowingTaskGroup(of: BackendOutcome.self) { group in
                for _ in 0..<5 { group.addTask { try await BackendOutcome(of: responder) } }
                for try await outcome in group { #expect(outcome == BackendOutcome("20 text/plain", "hello")) }
            }
            #expect(await eventually { server.visits.filter { !$0.received.ended }.count <= 2 })
        }
    }

    @Test("A daemon that serves one connection at a time is not kept from those that wait")
    func oneAtATime() async throws {
        let isAsked = Gate()
        let isFree = Gate()
        try await withScriptedServer(isPlain: true) { visit in
            if visit.number == 0 {
                try await visit.fastCGIRequest()
                try await isAsked.wait()
                try await visit.answerFastCGI("20 text/plain\r\nfirst")
                try await visit.clientLeft()
                isFree.open()
            } else {
                isAsked.open()
                try await isFree.wait()
                try await visit.answerFastCGI("20 text/plain\r\nsecond")
            }
        } _: { server async throws in
            var options = BackendOptions.short()
            options.headerTimeout = .seconds(20)
            options.keepTimeout = .seconds(600)
            let responder = FastCGI(to: .scripted(server), options: options)
            async let first = BackendOutcome(of: responder)
            await isAsked.entered()
            async let second = BackendOutcome(of: responder)
            #expect(try await first == BackendOutcome("20 text/plain", "first"))
            #expect(try await second == BackendOutcome("20 text/plain", "second"))
        }
    }
}
