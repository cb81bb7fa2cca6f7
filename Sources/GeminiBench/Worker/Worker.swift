import GeminiProtocol
import NIOCore

/// One thread's share of a run: its connections, and what it counts. Used on one thread only.
final class Worker<SocketPoller: Poller> {
    private let assignment: Assignment
    private let state: RunState
    private let poller: SocketPoller
    private let tls: TLSClientContext
    private let timeout: TimeAmount
    private let expectation: Exchange.Expectation

    private var slots: [Slot]
    private var free: [Int]
    /// Slots whose connection was not made, oldest first: a server that is gone is not asked as fast as the machine can.
    private var resting: [(slot: Int, until: NIODeadline)] = []
    private var pace: Pace
    private var isOver = false
    private var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    private var tally = Tally()

    init(_ assignment: Assignment, state: RunState) throws {
        self.assignment = assignment
        self.state = state
        self.poller = try SocketPoller()
        let plan = assignment.plan
        self.tls = TLSClientContext(
            serverName: plan.url.host.name,
            resumesSessions: plan.resumesSessions,
            maximumVersion: plan.maximumTLSVersion
        )
        self.timeout = TimeAmount(plan.timeout)
        self.expectation = Exchange.Expectation(status: plan.expectedStatus, acceptsTruncation: plan.acceptsTruncation)
        self.slots = (0..<assignment.connections).map { _ in Slot() }
        self.free = Array(self.slots.indices.reversed())
        self.pace = assignment.pace
    }

    /// Makes requests until no more are due and all are over, or the run is stopped.
    func run() -> Tally {
        var nextLook = NIODeadline.now()
        while !self.state.isStopped {
            let now = NIODeadline.now()
            self.wakeRested(at: now)
            let wake = self.beginWhatIsDue(at: now)
            if self.isOver && self.free.count + self.resting.count == self.slots.count { return self.tally }
            if now >= nextLook {
                self.expire(at: now)
                nextLook = now + .milliseconds(50)
            }
            self.poller.wait(until: min(wake, nextLook)) { self.proceed($0) }
        }
        self.abandon()
        return self.tally
    }

    private func wakeRested(at now: NIODeadline) {
        while let first = self.resting.first, first.until <= now {
            self.free.append(first.slot)
            self.resting.removeFirst()
        }
    }

    /// Makes a slot free for the next request.
    private func release(_ slot: Int, wasConnected: Bool, at now: NIODeadline) {
        if wasConnected {
            self.free.append(slot)
        } else {
            self.resting.append((slot, now + .milliseconds(10)))
        }
    }

    /// Begins what is due, as far as there are connections for it.
    ///
    /// - Returns: when to look again.
    private func beginWhatIsDue(at now: NIODeadline) -> NIODeadline {
        while !self.isOver, let slot = self.free.last {
            switch self.pace.next(at: now) {
            case .over:
                self.isOver = true
            case .wait(let due):
                return due
            case .begin(let due):
                let isMeasured = due >= self.assignment.measuring
                if isMeasured && !self.state.takeRequest() {
                    self.isOver = true
                } else if due + self.timeout <= now {
                    // Who waited that long has gone. Beginning it nevertheless would have every later one wait as long.
                    if isMeasured { self.fail(.notBegun) }
                } else {
                    self.free.removeLast()
                    self.begin(in: slot, due: due, isMeasured: isMeasured)
                }
            }
        }
        return self.resting.first?.until ?? .distantFuture
    }

    private func begin(in slot: Int, due: NIODeadline, isMeasured: Bool) {
        let begun = NIODeadline.now()
        switch TCPSocket.connecting(to: self.assignment.address) {
        case .failure(let error):
            if isMeasured { self.fail(Failure(error)) }
            self.release(slot, wasConnected: false, at: begun)
        case .success(let socket):
            self.slots[slot].transport.attach(to: socket)
            self.slots[slot].current = Slot.Current(
                exchange: Exchange(due: due, begun: begun, expectation: self.expectation),
                socket: socket,
                deadline: begun + self.timeout,
                isMeasured: isMeasured
            )
            self.poller.watch(socket.descriptor, token: slot)
        }
    }

    /// Carries out what the exchange of a slot wants, until it has to wait.
    private func proceed(_ slot: Int) {
        guard var current = self.slots[slot].current.take() else { return }
        var action: Exchange.Action
        if let attempt = current.exchange.attempt {
            action = attempt
        } else {
            let error = current.socket.takeError()
            if error == nil { current.tls = self.tls.connection(over: self.slots[slot].transport) }
            action = current.exchange.connected(error.map { Failure($0) }, at: .now())
        }
        while true {
            switch (action, current.tls) {
            case (.handshake, let tls?):
                action = current.exchange.handshook(tls.handshake(), at: .now())
            case (.send, let tls?):
                action = current.exchange.sent(tls.send(self.assignment.request))
            case (.receive, let tls?):
                let result = tls.receive(into: &self.buffer)
                action = current.exchange.received(result, self.buffer.span, at: .now())
            case (.wait(let interest), _):
                self.poller.expect(interest, on: slot)
                self.slots[slot].current = current
                return
            case (.end(let outcome), _):
                self.end(current, outcome, in: slot)
                return
            case (.handshake, nil), (.send, nil), (.receive, nil):
                preconditionFailure("Nothing is sent or received before there is a connection")
            }
        }
    }

    private func end(_ current: Slot.Current, _ outcome: Exchange.Outcome, in slot: Int) {
        let now = NIODeadline.now()
        if case .completed = outcome { current.tls?.close() }
        self.poller.forget(token: slot)
        current.socket.close()
        self.release(slot, wasConnected: current.exchange.times.connected != nil, at: now)
        guard current.isMeasured else { return }
        self.tally.record(outcome, of: current.exchange, isResumed: current.tls?.isResumed ?? false, at: now)
        if case .completed = outcome {
            self.state.count(completed: 1, failed: 0)
        } else {
            self.state.count(completed: 0, failed: 1)
        }
    }

    /// Counts a request that never had a connection.
    private func fail(_ failure: Failure) {
        self.tally.fail(failure)
        self.tally.lastEnd = .now()
        self.state.count(completed: 0, failed: 1)
    }

    /// Ends what has taken too long.
    private func expire(at now: NIODeadline) {
        for slot in self.slots.indices {
            guard let deadline = self.slots[slot].current?.deadline, deadline <= now else { continue }
            guard var current = self.slots[slot].current.take() else { continue }
            guard case .end(let outcome) = current.exchange.timedOut() else { continue }
            self.end(current, outcome, in: slot)
        }
    }

    /// Drops what is under way.
    private func abandon() {
        for slot in self.slots.indices {
            guard let current = self.slots[slot].current.take() else { continue }
            current.socket.close()
            if current.isMeasured { self.tally.report.unfinished += 1 }
        }
        guard !self.isOver else { return }
        for due in self.pace.backlog(at: .now())
        where due >= self.assignment.measuring && self.state.takeRequest() {
            self.tally.report.unfinished += 1
        }
    }
}
