import GeminiProtocol
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A moment of the wall clock, to the millisecond.
struct WallTime: Sendable {
    var timestamp: Timestamp
    /// Those behind the second, from 0 to 999.
    var milliseconds: Int

    static var now: WallTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(
            timestamp: Timestamp(secondsSinceEpoch: Int64(time.tv_sec)),
            milliseconds: Int(time.tv_nsec) / 1_000_000
        )
    }
}
