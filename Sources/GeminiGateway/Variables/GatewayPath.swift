import GeminiProtocol
public import GeminiServer

/// The path of a request, split where the program ends and its own part begins (RFC 3875 §4.1.5, §4.1.13; CG-01, FC-03).
///
/// Both parts are decoded, and are bytes: a path need not be UTF-8. Slashes in a row count as one. Neither part holds a
/// control character, nor `.` or `..` between its slashes.
///
/// ```swift
/// // gemini://example.org/cgi-bin/debug.py/extra/info/, mounted at /cgi-bin
/// let path = try GatewayPath(request, scriptSegments: 1)
/// path.scriptName  // /cgi-bin/debug.py
/// path.pathInfo    // /extra/info/
/// ```
public struct GatewayPath: Hashable, Sendable {
    /// `SCRIPT_NAME`: empty, or a path that begins with a slash and does not end with one.
    public var scriptName: [UInt8]

    /// `PATH_INFO`: empty, or a path that begins with a slash.
    public var pathInfo: [UInt8]

    /// The program's file, for CGI (`SCRIPT_PATH`).
    public var scriptFile: [UInt8]?

    /// The folder that `PATH_TRANSLATED` is in.
    public var documentRoot: [UInt8]?

    /// Splits behind where the responder is mounted, and so many names more.
    ///
    /// - Parameter scriptSegments: how many names behind ``/GeminiServer/Request/basePath`` are the program's.
    public init(_ request: Request, scriptSegments: Int = 0) throws(GatewayPathError) {
        let base = try Self.names(request.basePath)
        let local = request.localPath
        let names = try Self.names(local)
        self.scriptName = Self.joined(base + names.prefix(scriptSegments))
        self.pathInfo = Self.joined(names.dropFirst(scriptSegments))
        let endsInSlash = local.utf8.last == UInt8(ascii: "/")
        if endsInSlash,
            names.count > scriptSegments || scriptSegments > 0 || request.url.path.utf8.last == UInt8(ascii: "/")
        {
            self.pathInfo.append(UInt8(ascii: "/"))
        }
    }

    /// Splits behind a name that is configured, if the path begins with it, at the end of a segment (FC-03). Otherwise
    /// the whole path is `PATH_INFO`.
    public init(_ request: Request, scriptName: String) throws(GatewayPathError) {
        let path = request.url.path
        let script = try Self.names(scriptName)
        let names = try Self.names(path)
        let isBeneath = names.starts(with: script)
        self.scriptName = Self.joined(script)
        self.pathInfo = Self.joined(isBeneath ? names.dropFirst(script.count) : names[...])
        if path.utf8.last == UInt8(ascii: "/") { self.pathInfo.append(UInt8(ascii: "/")) }
    }

    /// `PATH_TRANSLATED`: where `PATH_INFO` would lie beneath the folder.
    public var pathTranslated: [UInt8]? {
        guard let documentRoot, !self.pathInfo.isEmpty else { return nil }
        let root = documentRoot.last == UInt8(ascii: "/") ? documentRoot.dropLast() : documentRoot[...]
        return root + self.pathInfo
    }

    /// The names of an encoded path, decoded once and then checked (GP-060).
    private static func names(_ path: String) throws(GatewayPathError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        for segment in PathSegments(path) where !segment.encoded.isEmpty {
            guard let name = try? segment.decodedBytes(), !name.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw .controlCharacter
            }
            let dot = UInt8(ascii: ".")
            let parts = name.split(separator: UInt8(ascii: "/"))
            guard !parts.contains(where: { $0 == [dot] || $0 == [dot, dot] }) else { throw .climbs }
            names.append(name)
        }
        return names
    }

    private static func joined(_ names: some Sequence<[UInt8]>) -> [UInt8] {
        names.reduce(into: []) { path, name in
            path.append(UInt8(ascii: "/"))
            path += name
        }
    }
}
