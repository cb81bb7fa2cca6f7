import GeminiProtocol
public import GeminiServer

/// Why a path cannot be handed to a program.
public enum GatewayPathError: ResponseError, Hashable {
    /// It holds a line break, or another control character, once it is decoded. Answered with 59.
    case controlCharacter
    /// It names `.` or `..` once its escaped slashes are decoded, which would lead the program elsewhere. Answered with 51.
    case climbs

    public var response: Response {
        switch self {
        case .controlCharacter: .failure(.badRequest, self.description)
        case .climbs: .notFound
        }
    }
}

extension GatewayPathError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .controlCharacter: "The path of the URL holds an encoded control character."
        case .climbs: "The path of the URL leads out of itself."
        }
    }
}
