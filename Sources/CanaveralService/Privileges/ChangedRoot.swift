import CLinux

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder that becomes the root of the file system for a server (chroot(2)).
///
/// Paths are named as they are outside, and ``path(of:)`` says what they are inside. What is to be opened later, as at a
/// reload, has to lie inside: the server's folders, its state, its logs, certificates, and the configuration itself.
package struct ChangedRoot: Hashable, Sendable {
    /// The folder, without symbolic links.
    package let folder: String

    /// - Parameters:
    ///   - path: the absolute path of a folder.
    ///   - isToBeEntered: whether this process has to be able to be shut in.
    package init(_ path: String, isToBeEntered: Bool = true) throws(PrivilegesError) {
        guard path.utf8.first == UInt8(ascii: "/") else { throw .badRoot(path) }
        guard !isToBeEntered || geteuid() == 0 else { throw .rootNeedsSuperuser(path) }
        guard let resolved = RealPath.resolve(path) else { throw .unreachableRoot(path, errno: errno) }
        var status = stat()
        guard stat(resolved, &status) == 0 else { throw .unreachableRoot(path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFDIR, resolved != "/" else { throw .badRoot(path) }
        self.folder = resolved
    }

    /// What a path is called inside, or `nil` where it lies outside. To be asked before ``ServiceUser/assume(in:)``.
    package func path(of path: String) -> String? {
        RealPath.resolve(path).flatMap { self.inside($0) } ?? self.inside(path)
    }

    private func inside(_ path: String) -> String? {
        if path == self.folder { return "/" }
        return path.hasPrefix(self.folder + "/") ? String(path.dropFirst(self.folder.count)) : nil
    }

    /// Shuts the whole process in, each of its threads. What it has open stays open. Root would find ways out.
    func enter() throws(PrivilegesError) {
        // The time zone, which would be looked for in the other root at the first local time.
        tzset()
        #if os(Linux)
        try self.mountProcesses()
        #endif
        guard chdir(self.folder) == 0, chroot(self.folder) == 0, chdir("/") == 0 else {
            throw .refused("be shut in \(self.folder)", errno: errno)
        }
    }

    #if os(Linux)
    /// Dispatch looks at `/proc` once a second, and ends a process that has none.
    private func mountProcesses() throws(PrivilegesError) {
        guard !self.has("/proc/self/stat") else { return }
        if let count = Threads.count(), count > 1 { throw .threads(count - 1, "shut in \(self.folder)") }
        let folder = self.folder + "/proc"
        guard mkdir(folder, 0o555) == 0 || errno == EEXIST, clinux_mount_processes(folder) == 0 else {
            throw .noProcesses(self.folder, errno: errno)
        }
    }
    #endif

    /// A sentence for each thing that will be looked for inside and is not there. To be asked before ``ServiceUser/assume(in:)``.
    ///
    /// - Parameters:
    ///   - resolvesNames: whether another server, or a daemon, is named by a host name.
    ///   - runsPrograms: whether CGI programs are started.
    package func remarks(resolvesNames: Bool, runsPrograms: Bool) -> [String] {
        var remarks: [String] = []
        if resolvesNames, !self.has("/etc/resolv.conf") {
            remarks.append(
                "\(self.folder) has no etc/resolv.conf, so host names cannot be looked up: copy it there, or name other servers by their addresses."
            )
        }
        if runsPrograms {
            let missing = ["/dev/null", "/bin/sh"].filter { !self.has($0) }.map { $0.dropFirst() }
            if !missing.isEmpty {
                remarks.append(
                    "\(self.folder) has no \(missing.joined(separator: " and no ")): programs find only what is in there, so put what they need."
                )
            }
        }
        return remarks
    }

    private func has(_ path: String) -> Bool {
        access(self.folder + path, F_OK) == 0
    }
}
