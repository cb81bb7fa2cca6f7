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

    /// What is assumed where the system does not say.
    private static let fallback = 1024

    #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    private static let resource = RLIMIT_NOFILE
    #endif

    /// Where the limit stands.
    package static var current: Int {
        self.standing.map { Int(min($0.rlim_cur, Self.ceiling)) } ?? Self.fallback
    }

    /// Raises the limit as far as it goes, and says where it stands.
    @discardableResult
    package static func raise() -> Int {
        guard let limit = self.standing else { return Self.fallback }
        var raised = limit
        raised.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, Self.ceiling))
        if raised.rlim_cur > limit.rlim_cur { _ = unsafe setrlimit(Self.resource, &raised) }
        return self.current
    }

    private static var standing: rlimit? {
        var limit = rlimit()
        return unsafe getrlimit(Self.resource, &limit) == 0 ? limit : nil
    }
}
