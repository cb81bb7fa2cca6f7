#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The processor time that this process has used, in user and system mode.
enum ProcessorTime {
    static func now() -> Duration {
        var usage = rusage()
        #if canImport(Glibc)
        let result = unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        #else
        let result = unsafe getrusage(RUSAGE_SELF, &usage)
        #endif
        guard result == 0 else { return .zero }
        return Self.duration(usage.ru_utime) + Self.duration(usage.ru_stime)
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec))
    }
}
