import NIOCore
import TestSupport
import Testing

@testable import Canaveral

@Suite("Those who go on after 44")
struct RepeatOffendersTests {
    private let time = ManualTime()
    private let log = RecordingLog()

    private func offenders(patience: Int = 10) -> RepeatOffenders {
        RepeatOffenders(patience: patience, environment: self.time.environment, logger: self.log.logger)
    }

    private static func address(_ text: String) throws -> SocketAddress {
        try SocketAddress(ipAddress: text, port: 1)
    }

    /// Refuses an address until it is banned, and tells how long that is.
    private func ban(_ address: SocketAddress, by offenders: RepeatOffenders) -> Duration {
        for _ in 0..<10 {
            #expect(offenders.admits(address))
            offenders.refused(address, wait: .seconds(5))
            self.time.advance(by: .seconds(1))
        }
        var ban: Duration = .seconds(1)
        while !offenders.admits(address), ban < .seconds(10_000) {
            self.time.advance(by: .seconds(1))
            ban += .seconds(1)
        }
        return ban
    }

    @Test("The tenth refusal in a row bans, for a minute first and twice as long each time up to an hour")
    func growth() throws {
        let offenders = self.offenders()
        let address = try Self.address("192.0.2.1")
        let bans = (0..<8).map { _ in self.ban(address, by: offenders) }
        #expect(bans == [60, 120, 240, 480, 960, 1920, 3600, 3600].map { .seconds($0) })
        #expect(self.log.messages.count == 8)
        #expect(self.log.messages.first?.text == "192.0.2.1 goes on after 44 and is refused for 60.0 seconds.")
    }

    @Test("After a day without offence the next ban is a short one again")
    func forgetting() throws {
        let offenders = self.offenders()
        let address = try Self.address("192.0.2.1")
        #expect(self.ban(address, by: offenders) == .seconds(60))
        self.time.advance(by: .seconds(86_000))
        #expect(self.ban(address, by: offenders) == .seconds(120))
        self.time.advance(by: .seconds(86_400))
        #expect(self.ban(address, by: offenders) == .seconds(60))
    }

    @Test("One who waits as long as told is never banned, however often it is refused")
    func patience() throws {
        let offenders = self.offenders(patience: 2)
        let address = try Self.address("192.0.2.1")
        for _ in 0..<100 {
            offenders.refused(address, wait: .seconds(5))
            self.time.advance(by: .seconds(5))
            #expect(offenders.admits(address))
        }
        offenders.refused(address, wait: .seconds(5))
        self.time.advance(by: .nanoseconds(4_999_999_999))
        offenders.refused(address, wait: .seconds(5))
        #expect(!offenders.admits(address))
    }

    @Test("What was under way when a ban began does not make it longer")
    func underWay() throws {
        let offenders = self.offenders()
        let address = try Self.address("192.0.2.1")
        for _ in 0..<50 { offenders.refused(address, wait: .seconds(5)) }
        self.time.advance(by: .seconds(59))
        #expect(!offenders.admits(address))
        self.time.advance(by: .seconds(1))
        #expect(offenders.admits(address))
        #expect(self.log.messages.count == 1)
    }

    @Test("An IPv6 network of 64 bits is one visitor, and what has no IP address is never banned")
    func visitors() throws {
        let offenders = self.offenders()
        for number in 0..<10 { offenders.refused(try Self.address("2001:db8:0:1::\(number)"), wait: .seconds(5)) }
        #expect(!offenders.admits(try Self.address("2001:db8:0:1:ffff::1")))
        #expect(offenders.admits(try Self.address("2001:db8:0:2::1")))

        let socket = try SocketAddress(unixDomainSocketPath: "/run/socket")
        for _ in 0..<20 {
            offenders.refused(nil, wait: .seconds(5))
            offenders.refused(socket, wait: .seconds(5))
        }
        #expect(offenders.admits(nil))
        #expect(offenders.admits(socket))
    }

    @Test("A million other addresses take bounded memory, and free nobody who is banned")
    func flood() {
        var table = OffenderTable(
            patience: 3,
            bans: .seconds(60) ... .seconds(3600),
            memory: .seconds(86_400),
            capacity: 4096
        )
        let offender: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<3 { _ = table.refuse(offender, wait: 1_000_000_000, at: 0) }
        #expect(table.isBanned(offender, at: 1))
        for number in 0..<1_000_000 {
            // Each is told to wait for longer than the ban lasts.
            _ = table.refuse(RateLimiter.hash(number), wait: 86_400_000_000_000, at: 1000)
        }
        #expect(table.room == 4096)
        #expect(table.isBanned(offender, at: 59_000_000_000))
    }

    @Test("The table grows only with those whose wait or ban goes on")
    func room() {
        var table = OffenderTable(
            patience: 3,
            bans: .seconds(60) ... .seconds(3600),
            memory: .seconds(86_400),
            capacity: 1 << 16
        )
        for number in 0..<50_000 {
            _ = table.refuse(RateLimiter.hash(number), wait: 1_000_000_000, at: Int64(number) * 1_000_000_000)
        }
        #expect(table.room == 64)
    }

    @Test("Two limits with one memory: what either refuses counts")
    func middleware() async throws {
        let offenders = self.offenders(patience: 3)
        let app = try Asking { routes in
            func limit(_ group: Routes<BasicContext>) {
                group.use(.rateLimit("1/m", banning: offenders))
                group.page("/") { _ in .text("in") }
            }
            routes.group("/a", limit)
            routes.group("/b", limit)
        }
        #expect(try await app.answer(to: "/a/", from: "192.0.2.1") == "20 in")
        #expect(try await app.answer(to: "/b/", from: "192.0.2.1") == "20 in")
        #expect(try await app.answer(to: "/a/", from: "192.0.2.1") == "44 60")
        #expect(try await app.answer(to: "/b/", from: "192.0.2.1") == "44 60")
        #expect(offenders.admits(try Self.address("192.0.2.1")))
        #expect(try await app.answer(to: "/b/", from: "192.0.2.1") == "44 60")
        #expect(!offenders.admits(try Self.address("192.0.2.1")))
        #expect(offenders.admits(try Self.address("192.0.2.2")))
    }
}
