import Logging
import NIOCore
import TestSupport
import Testing

@testable import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("What the operator hears of refused connections")
struct RefusalLogTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test("The first at once, then no more than a line a minute, with the number of those in between")
    func rate() throws {
        let log = RecordingLog()
        let refusals = RefusalLog(logger: log.logger)
        let address = try SocketAddress(ipAddress: "192.0.2.7", port: 1)
        for second in 0..<90 {
            refusals.serverFull(10, now: self.start + .seconds(Int64(second)))
        }
        refusals.addressFull(3, remoteAddress: address, now: self.start)
        refusals.untrustedSource(address, now: self.start)
        refusals.untrustedSource(address, now: self.start + .minutes(1))
        refusals.untrustedSource(try SocketAddress(ipAddress: "192.0.2.8", port: 1), now: self.start + .minutes(3))
        for second in 0..<3 {
            let now = self.start + .seconds(Int64(second) * 30)
            refusals.badProxyHeader(second == 0 ? .noHeader : .malformedLine, remoteAddress: address, now: now)
        }
        refusals.failed(IOError(errnoCode: EMFILE, reason: "accept"), now: self.start)
        refusals.failed(IOError(errnoCode: EMFILE, reason: "accept"), now: self.start)
        let untrusted = "its listener wants the PROXY protocol, and that address is none of the trusted sources"
        #expect(
            log.messages.map(\.text) == [
                "A connection was refused: 10 are open, as many as may be at once.",
                "60 connections were refused since the last such line: 10 are open, as many as may be at once.",
                "A connection from 192.0.2.7 was refused: as many as one address may have at once, 3, are open from its own.",
                "A connection from 192.0.2.7 was refused: \(untrusted).",
                "A connection from 192.0.2.7 was refused: \(untrusted).",
                "A connection from 192.0.2.8 was refused: \(untrusted).",
                "A connection from 192.0.2.7 was refused: its listener wants the PROXY protocol, and what came first was no PROXY header.",
                "2 connections were refused since the last such line, the most recent from 192.0.2.7: its listener wants the PROXY protocol, and what came first was a malformed PROXY line.",
                "Connections cannot be accepted, which is tried again every second: Too many open files.",
            ]
        )
        #expect(log.messages.allSatisfy { $0.level == .warning })
        #expect(log.messages[2].metadata["gemini.remote-address"] == "192.0.2.7")
        #expect(log.messages[0].metadata.isEmpty)
    }

    @Test("An address is named as far as it may be", arguments: AddressDisplay.allCases)
    func address(_ display: AddressDisplay) throws {
        let log = RecordingLog()
        let refusals = RefusalLog(logger: log.logger, addressDisplay: display)
        refusals.addressFull(3, remoteAddress: try SocketAddress(ipAddress: "192.0.2.7", port: 1), now: self.start)
        let named = log.messages[0].metadata["gemini.remote-address"].map { "\($0)" }
        let start = named.map { "A connection from \($0) was refused: " } ?? "A connection was refused: "
        #expect(log.messages[0].text.hasPrefix(start))
        switch display {
        case .full: #expect(named == "192.0.2.7")
        case .truncated: #expect(named == "192.0.2.0")
        case .hashed: #expect(named?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        case .off: #expect(named == nil)
        }
    }
}
