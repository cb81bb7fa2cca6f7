import NIOCore
import Testing

@testable import GeminiBench

@Suite("When requests are due")
struct PaceTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func time(_ milliseconds: Int64) -> NIODeadline {
        self.start + .milliseconds(milliseconds)
    }

    @Test("In a closed loop the next request is due now, until the end")
    func closed() {
        var pace = Pace(.closed, thread: 0, threads: 1, start: self.start, end: self.time(10))
        #expect(pace.next(at: self.time(3)) == .begin(due: self.time(3)))
        #expect(pace.next(at: self.time(9)) == .begin(due: self.time(9)))
        #expect(pace.next(at: self.time(10)) == .over)
        #expect(pace.backlog(at: self.time(10)).isEmpty)
    }

    @Test("In an open loop requests are due at equal distances")
    func open() {
        var pace = Pace(.open(requestsPerSecond: 100), thread: 0, threads: 1, start: self.start, end: self.time(25))
        #expect(pace.next(at: self.time(0)) == .begin(due: self.time(0)))
        #expect(pace.next(at: self.time(1)) == .wait(until: self.time(10)))
        #expect(pace.next(at: self.time(10)) == .begin(due: self.time(10)))
        #expect(pace.next(at: self.time(20)) == .begin(due: self.time(20)))
        #expect(pace.next(at: self.time(20)) == .over)
    }

    @Test("What could not begin when it was due is due nevertheless, also after the end")
    func late() {
        var pace = Pace(.open(requestsPerSecond: 100), thread: 0, threads: 1, start: self.start, end: self.time(30))
        #expect(pace.backlog(at: self.time(15)) == [self.time(0), self.time(10)])
        #expect(pace.backlog(at: self.time(500)).count == 3)
        #expect(pace.next(at: self.time(500)) == .begin(due: self.time(0)))
        #expect(pace.next(at: self.time(500)) == .begin(due: self.time(10)))
        #expect(pace.next(at: self.time(500)) == .begin(due: self.time(20)))
        #expect(pace.next(at: self.time(500)) == .over)
        #expect(pace.backlog(at: self.time(500)).isEmpty)
    }

    @Test("Threads share one grid in time")
    func threads() {
        var due: [NIODeadline] = []
        for thread in 0..<3 {
            var pace = Pace(
                .open(requestsPerSecond: 1000),
                thread: thread,
                threads: 3,
                start: self.start,
                end: self.time(10)
            )
            while case .begin(let time) = pace.next(at: self.time(100)) { due.append(time) }
        }
        #expect(due.sorted() == (0..<10).map { self.time($0) })
    }
}
