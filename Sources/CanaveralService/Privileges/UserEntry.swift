#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// By a name that no property has.
private typealias GroupRecord = group

/// What the system knows of a user.
struct UserEntry: Hashable {
    var user: UInt32
    var group: UInt32
    var groups: [UInt32]

    init(user: UInt32, group: UInt32, groups: [UInt32]) {
        self.user = user
        self.group = group
        self.groups = groups
    }

    /// - Returns: `nil` where there is no such user. A number needs no entry; its group has the same number then.
    init?(named name: String) {
        let number = UInt32(name)
        let found: UserEntry?? = Self.withBuffer { buffer, size in
            var entry = passwd()
            var result: UnsafeMutablePointer<passwd>?
            let error =
                number.map { getpwuid_r($0, &entry, buffer, size, &result) }
                ?? getpwnam_r(name, &entry, buffer, size, &result)
            if error == ERANGE { return nil }
            return .some(result.map { Self($0.pointee) })
        }
        if let entry = found ?? nil {
            self = entry
        } else if let number {
            self.init(user: number, group: number, groups: [number])
        } else {
            return nil
        }
    }

    private init(_ entry: passwd) {
        self.init(user: entry.pw_uid, group: entry.pw_gid, groups: [entry.pw_gid])
        var count: CInt = 1024
        #if canImport(Darwin)
        var groups = [CInt](repeating: 0, count: Int(count))
        let result = getgrouplist(entry.pw_name, CInt(bitPattern: entry.pw_gid), &groups, &count)
        let numbers = groups.prefix(Int(count)).map { UInt32(bitPattern: $0) }
        #else
        var groups = [gid_t](repeating: 0, count: Int(count))
        let result = getgrouplist(entry.pw_name, entry.pw_gid, &groups, &count)
        let numbers = Array(groups.prefix(Int(count)))
        #endif
        if result >= 0 { self.groups = numbers }
    }

    /// The number of a group.
    static func groupNumber(of name: String) -> UInt32? {
        if let number = UInt32(name) { return number }
        let found: UInt32?? = Self.withBuffer { buffer, size in
            var entry = GroupRecord()
            var result: UnsafeMutablePointer<group>?
            if getgrnam_r(name, &entry, buffer, size, &result) == ERANGE { return nil }
            return .some(result?.pointee.gr_gid)
        }
        return found ?? nil
    }

    /// Calls with more and more room, up to a megabyte, until the answer fits.
    private static func withBuffer<Answer>(
        _ body: (UnsafeMutablePointer<CChar>, Int) -> Answer?
    ) -> Answer? {
        var size = 4096
        while size <= 1 << 20 {
            let answer = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
                body(buffer.baseAddress!, size)
            }
            if let answer { return answer }
            size *= 4
        }
        return nil
    }
}
