/// Why a file that the client keeps for its user cannot be used. Each description is one sentence that names the file.
public enum StorageError: Error, Sendable, Hashable {
    /// The system's words for it, such as "Permission denied".
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case tooLarge(path: String)
    /// The task was cancelled before anything was changed.
    case cancelled
    /// Another process has kept it locked for too long.
    case locked(path: String)
    /// It is a file of something else, or lost its content; what it should be.
    case foreign(path: String, expected: String)
    /// A later version of this library wrote it.
    case laterVersion(path: String, version: String)
    case damagedLine(path: String, line: Int)
    /// No place was given and none can be found.
    case noDataDirectory
    /// There is no such identity in the store.
    case noSuchIdentity(String)
    /// Files that hold no usable certificate and key; the sentence says why.
    case unusableIdentity(reason: String)
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path) cannot be read (\(reason)): check what it is and who may read it."
        case .unwritable(let path, let reason):
            "\(path) cannot be written (\(reason)): make room for it or change who may write there."
        case .tooLarge(let path):
            "\(path) is larger than any such file: check what it is."
        case .cancelled:
            "The work on a file was cancelled before anything was changed: begin again."
        case .locked(let path):
            "\(path) has been locked by another process for too long: end that process, or try again."
        case .foreign(let path, let expected):
            "\(path) is not a file of \(expected), or is damaged: move it away, or restore it from a copy."
        case .laterVersion(let path, let version):
            "\(path) was written by a later program (version \(version) of its form): use that one, or another file."
        case .damagedLine(let path, let line):
            "Line \(line) of \(path) is about this server and cannot be read: mend or remove it."
        case .noDataDirectory:
            "There is no place to keep files: set XDG_DATA_HOME or HOME to an absolute path, or name a folder."
        case .noSuchIdentity(let name):
            "There is no identity \(name) here: make or add it first."
        case .unusableIdentity(let reason):
            reason
        }
    }
}
