public import GeminiServer

/// Why a folder of programs cannot be served.
public enum CGIError: Error, Hashable {
    case folder(FileError)
    /// There is no such user.
    case unknownUser(String)
    /// There is no such group.
    case unknownGroup(String)
    /// Programs are to run as somebody else, and this process is not root.
    case notRoot
    /// What programs are granted is not there, or cannot be opened.
    case grant(FileError)
}

extension CGIError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .folder(let error):
            "The folder of programs cannot be opened (\(FileError.reason(error.errno))): make \(error.path), or name another."
        case .unknownUser(let name): "There is no user \(name) that programs could run as: name one that exists."
        case .unknownGroup(let name): "There is no group \(name) that programs could run as: name one that exists."
        case .notRoot: "Only root can run programs as somebody else: start as root, or name no user and group."
        case .grant(let error):
            "What programs are to reach cannot be opened (\(FileError.reason(error.errno))): make \(error.path), or do not grant it."
        }
    }
}
