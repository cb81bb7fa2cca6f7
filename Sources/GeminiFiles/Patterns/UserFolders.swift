import GeminiProtocol
public import GeminiServer

/// Serves the folders of a machine's users: `/~ada/log.gmi` is `log.gmi` in a folder of Ada's.
///
/// ```swift
/// let users = try UserFolders(in: "/home/{user}/public_gemini", otherwise: .files(in: "/srv/gemini"))
/// ```
///
/// A user's name is letters, digits, `_`, `.` and `-`, 64 at most, of which neither `.` nor `-` is the first. A user
/// without a folder is 51; `/~ada` is redirected to `/~ada/`. What is no user's goes to another responder.
///
/// The way to a user's home, which is the part of the pattern with the name in it and all before that, is the
/// operator's: links on it are followed. Behind it everything is the user's, who may not show what is somebody else's:
/// neither the folder nor a link on the way to it may lead out of the home, nor anything in the folder out of the
/// folder. Such links are 51, and said to the log. Files that the server's user cannot read are 51 too.
///
/// A folder is opened when it is first asked for, and served by the rules of ``Files`` then, but that it goes with its
/// name: one that is removed or moved away is 51 within a second. The 1,024 that were asked for last are kept.
public struct UserFolders: Responder {
    /// What stands for the user in a pattern.
    public static let placeholder = "{user}"

    /// The folder in which those of all users are, as far as the pattern tells: what a sandbox has to let the server
    /// read.
    public let enclosingFolder: String

    private let folders: FoldersByName
    private let otherwise: (any Responder)?

    /// - Parameters:
    ///   - pattern: the folders' path with ``placeholder`` in it.
    ///   - options: for each of the folders.
    ///   - otherwise: who answers what is no user's; without one that is 51.
    /// - Throws: ``FolderPatternError`` if the pattern is none. Whether there are such folders is not looked at.
    public init(
        in pattern: String,
        options: Files.Options = Files.Options(),
        otherwise: (any Responder)? = nil
    ) throws(FolderPatternError) {
        let pattern = try FolderPattern(pattern, placeholder: Self.placeholder)
        self.enclosingFolder = pattern.enclosingFolder
        self.otherwise = otherwise
        self.folders = FoldersByName(options: options) { name in
            let home = pattern.home(of: name)
            return FolderPlace(home: home.path, way: home.way)
        }
    }

    public func respondAtOnce(to request: Request) -> Response? {
        guard let visit = UserVisit(request) else {
            return self.otherwise.map { $0.respondAtOnce(to: request) } ?? .notFound
        }
        return self.folders.known(visit.user).flatMap { files in
            visit.namesFolder ? files.respondAtOnce(to: visit.request) : Self.redirect(request)
        }
    }

    public func respond(to request: Request) async throws -> Response {
        guard let visit = UserVisit(request) else {
            return try await self.otherwise?.respond(to: request) ?? .notFound
        }
        let files = try await self.folders.files(of: visit.user)
        return visit.namesFolder ? try await files.respond(to: visit.request) : Self.redirect(request)
    }

    private static func redirect(_ request: Request) -> Response {
        request.upload == nil ? Files.redirectToFolder(request.url) : Files.refusedUpload
    }
}

extension Responder where Self == UserFolders {
    /// Serves the folders of users, as in `responder: try .userFolders(in: "/home/{user}/public_gemini")`.
    ///
    /// - Throws: ``FolderPatternError``.
    public static func userFolders(
        in pattern: String,
        options: Files.Options = Files.Options(),
        otherwise: (any Responder)? = nil
    ) throws(FolderPatternError) -> UserFolders {
        try UserFolders(in: pattern, options: options, otherwise: otherwise)
    }
}
