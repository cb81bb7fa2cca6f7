import CLinux

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Whom a server runs as when it has what only the superuser gets: its port and its keys.
package struct ServiceUser: Hashable, Sendable {
    /// As it was named.
    package let name: String
    package let user: UInt32
    package let group: UInt32
    /// All of the user's groups, or the group that was named alone.
    package let groups: [UInt32]
    /// Whether the process is this user from the start.
    package let isCurrent: Bool

    /// Looks up who is meant. To be called before a sandbox or another root hides the system's users.
    ///
    /// - Parameters:
    ///   - user: a name, or a number, which needs no entry among the system's users.
    ///   - group: a name or a number, in the place of the user's groups.
    /// - Parameter isToBeAssumed: whether this process has to be able to become the user.
    /// - Returns: `nil` where neither is named.
    package init?(
        user name: String?,
        group groupName: String?,
        isToBeAssumed: Bool = true
    ) throws(PrivilegesError) {
        guard name != nil || groupName != nil else { return nil }
        for case let text? in [name, groupName] where UserEntry.isBadNumber(text) { throw .badNumber(text) }
        let current = (user: UInt32(geteuid()), group: UInt32(getegid()))
        var entry = UserEntry(user: current.user, group: current.group, groups: [])
        if let name {
            guard let found = UserEntry(named: name) else { throw .unknownUser(name) }
            guard found.user != 0 else { throw .superuser(name) }
            entry = found
        }
        if let groupName {
            guard let group = UserEntry.groupNumber(of: groupName) else { throw .unknownGroup(groupName) }
            if name == nil && current.user == 0 { throw .groupWithoutUser(groupName) }
            entry.group = group
            entry.groups = [group]
        }
        self.name = name ?? groupName ?? ""
        self.user = entry.user
        self.group = entry.group
        self.groups = entry.groups
        self.isCurrent = current.user == entry.user && (groupName == nil || current.group == entry.group)
        guard current.user == 0 || self.isCurrent || !isToBeAssumed else { throw .notSuperuser(self.name) }
    }

    /// Makes the whole process this user's, each of its threads, and makes sure that there is no way back. Does nothing but
    /// change the root where the process is this user's already.
    ///
    /// To be called when sockets are bound and keys are read, and in `main()` before the first `await` that leaves the main
    /// thread: Dispatch retires that thread in a way that keeps it what it was, and this fails then.
    ///
    /// - Parameter root: the root of the file system from here on.
    package func assume(in root: ChangedRoot? = nil) throws(PrivilegesError) {
        guard !self.isCurrent else {
            try root?.enter()
            return
        }
        #if os(Linux)
        let threads = clinux_threads()
        guard threads >= 0 else { throw .refused("look at its threads in /proc", errno: errno) }
        defer { _ = close(threads) }
        #endif
        try root?.enter()
        guard clinux_assume_user(self.user, self.group, self.groups, self.groups.count) == 0 else {
            throw .refused("become \(self.name)", errno: errno)
        }
        guard clinux_can_regain_superuser() == 0, getuid() == self.user, geteuid() == self.user else {
            throw .regained(self.name)
        }
        // The kernel decides anew whether there are core dumps when a process changes its user.
        guard clinux_forbid_dumps() == 0 else { throw .refused("do without core dumps", errno: errno) }
        #if os(Linux)
        let others = clinux_threads_of_others(threads, self.user)
        guard others >= 0 else { throw .refused("look at its threads in /proc", errno: errno) }
        guard others == 0 else { throw .threads(Int(others), self.name) }
        #endif
    }
}
