/// The steps of storing and deleting, in the words of the log.
enum StoringStep: String, Sendable, CaseIterable {
    case openFolder = "open the folder"
    case makeFolder = "make a folder"
    case create = "create a file"
    case write = "write a file"
    case synchronizeFile = "bring a file to the disk"
    case lock = "lock the folder"
    case look = "look at the file"
    case keep = "keep the earlier version"
    case synchronizeVersions = "bring the earlier version to the disk"
    case rename = "rename a file"
    case remove = "remove a file"
    case synchronizeFolder = "bring the folder to the disk"
}
