import NIOCore
import Testing

@testable import GeminiServer

@Suite("Lines of the log of which strangers decide how many there are")
struct LineThrottleTests {
    @Test("Each kind at once, then once a minute with the number")
    func counts() {
        let throttle = LineThrottle<String>()
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        let told = (0..<130).map { throttle.count("a", now: start + .seconds($0)) }
        #expect(told.enumerated().filter { $0.element != nil }.map(\.offset) == [0, 60, 120])
        #expect(told.compactMap { $0 } == [1, 60, 60])
        #expect(throttle.count("b", now: start + .seconds(1)) == 1)
        #expect(throttle.count("a", now: start + .minutes(10)) == 10)
    }

    @Test("Why a connection could not be made is said in the system's words")
    func reasons() {
        #expect(IOError(errnoCode: 13, reason: "connect").connectingReason == FileError.reason(13))
        #expect(ChannelError.connectTimeout(.seconds(1)).connectingReason == "it took too long")
    }
}
