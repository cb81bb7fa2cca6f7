#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Whom programs run as.
struct ProgramUser: Hashable {
    var user: UInt32
    var group: UInt32
    var groups: [UInt32]

    /// - Returns: `nil` where neither is named.
    init?(user name: String?, group groupName: String?) throws(CGIError) {
        guard name != nil || groupName != nil else { return nil }
        guard geteuid() == 0 else { throw .notRoot }
        self.user = geteuid()
        self.group = getegid()
        self.groups = []
        if let name {
            guard let entry = Self.entry(name) else { throw .unknownUser(name) }
            self.user = entry.user
            self.group = entry.group
            self.groups = entry.groups
        }
        if let groupName {
            guard let group = unsafe Self.number(groupName) ?? getgrnam(groupName)?.pointee.gr_gid else {
                throw .unknownGroup(groupName)
            }
            self.group = group
            self.groups = [group]
        }
    }

    /// A number in digits. The highest is nobody's: to the system calls it is no change, and the program would stay root.
    private static func number(_ text: String) -> UInt32? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt32(text) else { return nil }
        return number == .max ? nil : number
    }

    private static func entry(_ name: String) -> (user: UInt32, group: UInt32, groups: [UInt32])? {
        let found = unsafe Self.number(name).map { unsafe getpwuid($0) } ?? getpwnam(name)
        guard let entry = unsafe found?.pointee else {
            // A number needs no entry.
            return Self.number(name).map { ($0, $0, [$0]) }
        }
        var count: CInt = 256
        #if canImport(Darwin)
        var groups = [CInt](repeating: 0, count: Int(count))
        let result = unsafe getgrouplist(entry.pw_name, CInt(bitPattern: entry.pw_gid), &groups, &count)
        let numbers = groups.prefix(Int(count)).map { UInt32(bitPattern: $0) }
        #else
        var groups = [gid_t](repeating: 0, count: Int(count))
        let result = unsafe getgrouplist(entry.pw_name, entry.pw_gid, &groups, &count)
        let numbers = Array(groups.prefix(Int(count)))
        #endif
        return unsafe (entry.pw_uid, entry.pw_gid, result >= 0 ? numbers : [entry.pw_gid])
    }
}
