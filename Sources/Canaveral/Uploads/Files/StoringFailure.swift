import GeminiServer
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the system did not do. The client learns as much of it as it can use, the log the rest.
struct StoringFailure: ResponseError, Hashable, CustomStringConvertible {
    var step: StoringStep
    /// The system's error number.
    var errno: CInt
    /// What it was about, where that is known.
    var path: String?

    /// Whether the name that the visitor chose is at fault, which some file systems have shorter than others.
    var isOfName: Bool { self.errno == ENAMETOOLONG }

    var response: Response {
        switch self.errno {
        case ENOSPC, EDQUOT, EFBIG:
            .failure(.temporaryFailure, "The server has no room left to store it: try again later.")
        case EACCES, EPERM, EROFS:
            .failure(.permanentFailure, "The server is not allowed to write there: its operator has to change that.")
        case ENAMETOOLONG:
            .failure(.badRequest, "The name is too long.")
        case EMFILE, ENFILE, ENOMEM:
            .failure(.serverUnavailable)
        default:
            .failure(.temporaryFailure, "The server could not store it: try again later.")
        }
    }

    var description: String {
        let advice =
            switch self.errno {
            case ENOSPC, EDQUOT: "make room on its disk"
            case EACCES, EPERM: "let this user write there"
            case EROFS: "mount its file system for writing"
            default: "look at the folder and its disk"
            }
        let place = self.path.map { " \($0)" } ?? ""
        return "The system could not \(self.step.rawValue)\(place) (\(SystemError.text(self.errno))): \(advice)."
    }

    /// The same with what it was about.
    func at(_ path: String) -> StoringFailure {
        var failure = self
        failure.path = path
        return failure
    }
}
