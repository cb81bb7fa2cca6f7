import GeminiProtocol
public import GeminiServer

/// Serves a folder for each host, by a pattern: many hosts with one responder, and a new host with a new folder.
///
/// ```swift
/// let folders = try HostFolders(in: "/srv/gemini/{host}")
/// let host = VirtualHost(names: names, identity: identity, responder: folders)
/// ```
///
/// `{host}` is the host of the request's URL: a name in lower case, international ones as their A-labels, without a dot at
/// the end; an address without brackets. That it is a name of the virtual host is what the server has made sure of;
/// that it is one file name and hides nothing is what makes it a host: it holds no slash, and begins with a letter, a
/// digit or an underscore, or, an IPv6 address, with a colon. A host without a folder is 51. An alias has a folder of
/// its own, or a symbolic link: links on the way to the folder are the operator's, and are followed.
///
/// A folder is opened when it is first asked for, and served by the rules of ``Files`` then, but that it goes with its
/// name: one that is removed or moved away is 51 within a second. The 1,024 that were asked for last are kept.
public struct HostFolders: Responder {
    /// What stands for the host in a pattern.
    public static let placeholder = "{host}"

    /// The folder in which those of all hosts are, as far as the pattern tells: what a sandbox has to let the server
    /// read.
    public let enclosingFolder: String

    private let folders: FoldersByName

    /// - Parameters:
    ///   - pattern: the folders' path with ``placeholder`` in it, as `/srv/gemini/{host}/public`.
    ///   - options: for each of the folders.
    /// - Throws: ``FolderPatternError`` if the pattern is none. Whether there are such folders is not looked at.
    public init(in pattern: String, options: Files.Options = Files.Options()) throws(FolderPatternError) {
        let pattern = try FolderPattern(pattern, placeholder: Self.placeholder)
        self.enclosingFolder = pattern.enclosingFolder
        self.folders = FoldersByName(options: options) { name in
            FolderPlace(path: pattern.path(for: name), outlivesItsName: false)
        }
    }

    public func respondAtOnce(to request: Request) -> Response? {
        self.folders.known(Self.name(of: request.url.host))?.respondAtOnce(to: request)
    }

    public func respond(to request: Request) async throws -> Response {
        try await self.folders.files(of: Self.name(of: request.url.host)).respond(to: request)
    }

    private static func name(of host: Host) -> String {
        switch host.withoutTrailingDot.kind {
        case .name(let name): name
        case .ipv4(let address): address.description
        case .ipv6(let address): address.description
        }
    }
}

extension Responder where Self == HostFolders {
    /// Serves a folder for each host, as in `responder: try .hostFolders(in: "/srv/gemini/{host}")`.
    ///
    /// - Throws: ``FolderPatternError``.
    public static func hostFolders(
        in pattern: String,
        options: Files.Options = Files.Options()
    ) throws(FolderPatternError) -> HostFolders {
        try HostFolders(in: pattern, options: options)
    }
}
