import GeminiProtocol
import NIOCore
import Testing

@testable import GeminiBench

@Suite("One request, as a state machine")
struct ExchangeTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func exchange(expecting status: Status = .success, acceptsTruncation: Bool = false) -> Exchange {
        Exchange(
            due: self.start,
            begun: self.start + .milliseconds(1),
            expectation: Exchange.Expectation(status: status, acceptsTruncation: acceptsTruncation)
        )
    }

    /// An exchange that has sent its request.
    private func receiving(_ exchange: Exchange) -> Exchange {
        var exchange = exchange
        _ = exchange.connected(nil, at: self.start + .milliseconds(2))
        _ = exchange.handshook(.done, at: self.start + .milliseconds(3))
        _ = exchange.sent(.done)
        return exchange
    }

    private func receive(_ text: String, _ exchange: inout Exchange) -> String {
        let bytes = Array(text.utf8)
        return name(exchange.received(.received(bytes.count), bytes.span, at: self.start + .milliseconds(4)))
    }

    private func receive(_ result: IOResult, _ exchange: inout Exchange) -> String {
        let nothing: [UInt8] = []
        return self.name(exchange.received(result, nothing.span, at: self.start))
    }

    private func name(_ action: Exchange.Action) -> String {
        switch action {
        case .wait(let interest): "wait \(interest)"
        case .handshake: "handshake"
        case .send: "send"
        case .receive: "receive"
        case .end(.completed): "completed"
        case .end(.failed(let failure)): "failed \(failure.kind.rawValue)"
        }
    }

    @Test("A request goes its way, and each step is timed")
    func way() {
        var exchange = self.exchange()
        #expect(exchange.attempt == nil)
        #expect(name(exchange.connected(nil, at: self.start + .milliseconds(2))) == "handshake")
        #expect(name(exchange.handshook(.wantsRead, at: self.start)) == "wait reading")
        #expect(exchange.attempt.map(self.name) == "handshake")
        #expect(name(exchange.handshook(.done, at: self.start + .milliseconds(3))) == "send")
        #expect(name(exchange.sent(.wantsWrite)) == "wait writing")
        #expect(exchange.attempt.map(self.name) == "send")
        #expect(name(exchange.sent(.done)) == "receive")
        #expect(self.receive(.wantsRead, &exchange) == "wait reading")
        #expect(self.receive("20 text/", &exchange) == "receive")
        #expect(self.receive("gemini\r\nHello", &exchange) == "receive")
        #expect(self.receive(.ended, &exchange) == "completed")
        #expect(exchange.status == .success)
        #expect(exchange.byteCount == 21)
        #expect(exchange.times.connected == self.start + .milliseconds(2))
        #expect(exchange.times.secured == self.start + .milliseconds(3))
        #expect(exchange.times.firstByte == self.start + .milliseconds(4))
        #expect(exchange.attempt == nil)
    }

    @Test("A connection that is not made is a failure")
    func refused() {
        var exchange = self.exchange()
        #expect(name(exchange.connected(Failure(.refused, "no"), at: self.start)) == "failed refused")
    }

    @Test("A handshake that ends is a failure of TLS")
    func handshake() {
        for result in [IOResult.ended, .cut, .failed(Failure(.tls, "bad record"))] {
            var exchange = self.exchange()
            _ = exchange.connected(nil, at: self.start)
            #expect(name(exchange.handshook(result, at: self.start)) == "failed tls")
        }
    }

    @Test(
        "GP-079, GP-083: what is no response header is a failure at once",
        arguments: ["200 OK\r\n", "99 x\r\n", "20 a\nb", "HTTP/1.1"]
    )
    func badHeader(_ text: String) {
        var exchange = self.receiving(self.exchange())
        #expect(self.receive(text, &exchange) == "failed bad_header")
    }

    @Test("GP-084: a response that ends within its header is a failure", arguments: [true, false])
    func incompleteHeader(_ isCut: Bool) {
        var exchange = self.receiving(self.exchange())
        #expect(self.receive("20 text/gem", &exchange) == "receive")
        #expect(self.receive(isCut ? .cut : .ended, &exchange) == "failed bad_header")
    }

    @Test("GP-012: a response without close_notify is a failure, unless it may be")
    func truncated() {
        var strict = self.receiving(self.exchange())
        _ = self.receive("20 text/plain\r\nabc", &strict)
        #expect(self.receive(.cut, &strict) == "failed no_close_notify")

        var lenient = self.receiving(self.exchange(acceptsTruncation: true))
        _ = self.receive("20 text/plain\r\nabc", &lenient)
        #expect(self.receive(.cut, &lenient) == "completed")
    }

    @Test("Another status than the expected one is a failure")
    func status() {
        var exchange = self.receiving(self.exchange())
        _ = self.receive("51 Not found\r\n", &exchange)
        #expect(self.receive(.ended, &exchange) == "failed unexpected_status")

        var expecting = self.receiving(self.exchange(expecting: .notFound))
        _ = self.receive("51 Not found\r\n", &expecting)
        #expect(self.receive(.ended, &expecting) == "completed")
    }

    @Test("A request can time out in any state, and does nothing afterwards")
    func timeout() {
        for var exchange in [self.exchange(), self.receiving(self.exchange())] {
            #expect(name(exchange.timedOut()) == "failed timeout")
            #expect(exchange.attempt == nil)
        }
    }
}
