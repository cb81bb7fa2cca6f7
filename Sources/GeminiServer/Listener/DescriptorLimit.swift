#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The process's limit on open descriptors.
package enum DescriptorLimit {
    /// The most that a process is raised to: some systems set the hard limit to a billion.
    private static let ceiling: rlim_t = 1 << 20

    /// Raises the limit as far as it goes, and says where it stands.
    @discardableResult
    package static func raise() -> Int {
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return 1024 }
        var raised = limit
        raised.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, Self.ceiling))
        if unsafe raised.rlim_cur > limit.rlim_cur && setrlimit(resource, &raised) == 0 {
            limit = raised
        }
        return Int(min(limit.rlim_cur, Self.ceiling))
    }
}
