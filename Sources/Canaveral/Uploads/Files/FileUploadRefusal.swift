import GeminiServer

/// Why nothing is stored at a path, whatever the bytes: each is answered in a sentence that names nothing of the machine.
enum FileUploadRefusal: ResponseError, Hashable {
    /// Nothing can have this name here.
    case name
    /// The last name, or a folder's, is longer than file systems have them.
    case longName
    /// It would lie in more folders within each other than uploads make.
    case depth(limit: Int)
    /// A folder stands where a file was to be written.
    case folder
    /// What stands there is a link, a device or the like.
    case notRegular
    /// The folder that is to hold it is missing, and none is made.
    case missingFolder
    /// There is nothing to read or to delete.
    case missing
    case otherType(String, served: String)
    case deletion
    case totalSize(limit: Int)
    case fileCount(limit: Int)

    var response: Response {
        switch self {
        case .name:
            .failure(
                .badRequest,
                "Nothing can be stored under this name: choose another, that does not begin with a dot."
            )
        case .longName:
            .failure(
                .badRequest,
                "A name in this path is too long: it may have at most \(UploadFolder.longestName) bytes."
            )
        case .depth(let limit):
            .failure(
                .badRequest,
                "This path is too deep: uploads make at most \(limit) folders within each other."
            )
        case .folder:
            .failure(
                .badRequest,
                "There is a folder at this path: end it with a slash to write the page of the folder."
            )
        case .notRegular:
            .failure(.badRequest, "What is at this path is not an ordinary file, and uploads leave it alone.")
        case .missingFolder:
            .failure(.notFound, "The folder of this path does not exist, and uploads make none here.")
        case .missing:
            .notFound
        case .otherType(let given, let served):
            .failure(
                .badRequest,
                "A file of this name is shown as \(served), and this is \(given): choose a name with another extension."
            )
        case .deletion:
            .failure(.permanentFailure, "Nothing can be deleted here, and an upload without a byte asks for that.")
        case .totalSize(let limit):
            .failure(.temporaryFailure, "There is no room for it: all files here together have at most \(limit) bytes.")
        case .fileCount(let limit):
            .failure(
                .temporaryFailure,
                "There is no room for another file: there are at most \(limit) files and folders here."
            )
        }
    }
}
