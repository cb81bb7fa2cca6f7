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
        let number = Self.number(name)
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

    /// A number in digits. The highest is nobody's: to the system calls it is no change.
    private static func number(_ text: String) -> UInt32? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt32(text) else { return nil }
        return number == .max ? nil : number
    }

    /// Whether a text reads as a number, and is none that a user or group can have.
    static func isBadNumber(_ text: String) -> Bool {
        let digits =
            text.utf8.first == UInt8(ascii: "+") || text.utf8.first == UInt8(ascii: "-")
            ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) } && Self.number(text) == nil
    }

    /// The number of a group.
    static func groupNumber(of name: String) -> UInt32? {
        if let number = Self.number(name) { return number }
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
