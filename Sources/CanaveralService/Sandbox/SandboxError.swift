/// A reason why a process cannot be confined, as one sentence that says what to do.
package enum SandboxError: Error, Hashable, CustomStringConvertible {
    /// Something that the server needs is not there, or may not be looked at.
    case place(String, errno: CInt)
    /// There are threads already, which would not be confined.
    case threads(Int)
    /// The kernel has Landlock and refused a step.
    case refused(String, errno: CInt)

    package var description: String {
        switch self {
        case .place(let path, let errno):
            "The sandbox cannot be opened for \(path): \(systemReason(errno))."
        case .threads(let count):
            "The sandbox cannot be closed around \(count) threads: it has to be before a second one starts."
        case .refused(let step, let errno):
            "The sandbox cannot be made (\(step): \(systemReason(errno))): turn it off where the system does not let it be."
        }
    }
}
