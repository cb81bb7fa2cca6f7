/// A reason why rights cannot be given up, as one sentence that says what to do.
package enum PrivilegesError: Error, Hashable, CustomStringConvertible {
    case unknownUser(String)
    case unknownGroup(String)
    /// A number that no user and no group can have, or in no plain digits.
    case badNumber(String)
    /// Only the superuser can become somebody else.
    case notSuperuser(String)
    /// The user to become is the superuser.
    case superuser(String)
    /// A group without a user would leave the superuser in place.
    case groupWithoutUser(String)
    /// The system refused a step.
    case refused(String, errno: CInt)
    /// The process could take back what it gave up.
    case regained(String)
    /// Threads did not follow the process.
    case threads(Int, String)
    /// The root to change to is no folder of its own.
    case badRoot(String)
    case unreachableRoot(String, errno: CInt)
    case rootNeedsSuperuser(String)
    /// Root would find its way out of another root.
    case rootWithoutUser(String)
    /// The other root has no `/proc`, and none can be mounted there.
    case noProcesses(String, errno: CInt)

    package var description: String {
        switch self {
        case .unknownUser(let name):
            "There is no user \(name): make one, as in 'useradd --system \(name)', or name another."
        case .unknownGroup(let name):
            "There is no group \(name): make one, as in 'groupadd --system \(name)', or name another."
        case .badNumber(let text):
            "\(text) is no number of a user or group: those are of digits alone, and below 4294967295."
        case .notSuperuser(let name):
            "Only the superuser can become \(name): start the server as root, or as \(name) without naming a user or group."
        case .superuser(let name):
            "\(name) is the superuser, whose rights a server is to give up: name a user of its own."
        case .groupWithoutUser(let name):
            "With the group \(name) alone the server would go on as root: name a user too."
        case .refused(let step, let errno):
            "The server cannot \(step): \(systemReason(errno))."
        case .regained(let name):
            "As \(name), the server could still become root again, so it does not start: take CAP_SETUID and CAP_SETGID from it."
        case .threads(let count, let name):
            "\(count) threads of the server would not be \(name), so it does not start: that has to come before they do."
        case .badRoot(let path):
            "The server cannot be shut in \(path): name an absolute path of a folder, and not /."
        case .unreachableRoot(let path, let errno):
            "The server cannot be shut in \(path): \(systemReason(errno))."
        case .rootNeedsSuperuser(let path):
            "Only the superuser can be shut in \(path): start the server as root, and name a user that it becomes."
        case .rootWithoutUser(let path):
            "Shut in \(path), the server would go on as root, which finds its way out: name a user too, that it becomes."
        case .noProcesses(let path, let errno):
            "\(path) has no proc, which the server cannot be without, and none can be mounted there (\(systemReason(errno))): do it, as in 'mount --bind /proc \(path)/proc'."
        }
    }
}
