import GeminiProtocol
import GeminiServer

/// The mapping between our addresses and the origin's. Pure.
struct OriginMapping: Sendable {
    let origin: GeminiURL
    let name: OriginName
    /// The origin's path without a slash at its end.
    let base: String

    init(_ origin: GeminiURL, name: OriginName) throws(ReverseProxyError) {
        guard origin.scheme == "gemini", origin.query == nil, origin.fragment == nil else {
            throw .unusableOrigin(origin)
        }
        self.origin = origin
        self.name = name
        self.base = origin.path.utf8.last == UInt8(ascii: "/") ? String(origin.path.dropLast()) : origin.path
    }

    /// The port to connect to.
    var port: UInt16 { self.origin.effectivePort ?? GeminiURL.defaultPort }

    // MARK: To the origin

    /// The request to the origin.
    ///
    /// - Throws: ``OriginRequestError`` for what the origin cannot be asked.
    func line(for request: Request) throws(OriginRequestError) -> RequestLine {
        let titan = request.line.titan
        guard titan != nil || request.url.scheme == "gemini" else { throw .otherScheme(request.url.scheme) }
        // In a titan URL, a semicolon would begin the parameters (TI-09).
        let base =
            titan == nil
            ? self.base
            : self.base.split(separator: ";", omittingEmptySubsequences: false)
                .joined(separator: "%3B")
        let rest = Self.path(behindPrefixOf: request)
        var text = (titan == nil ? "gemini://" : "titan://") + self.authority(for: request)
        text += base.isEmpty && rest.isEmpty ? "/" : base + rest
        if let titan { text += titan.description }
        if let query = request.line.rawQuery { text += "?" + query }
        let bytes = Array(text.utf8)
        do throws(RequestLineError) {
            return try RequestLine(parsing: bytes.span)
        } catch {
            throw .unsendable(error)
        }
    }

    /// Host and port in the request; the port is the origin's own and goes with the origin's own name only, since a server
    /// takes an address without a port whatever port it listens on (DA-13).
    private func authority(for request: Request) -> String {
        switch self.name {
        case .origin: self.origin.host.description + (self.origin.port.map { ":\($0)" } ?? "")
        case .visitor: request.url.host.description
        case .named(let host): host.description
        }
    }

    /// The path behind the mounted prefix, as the visitor wrote it: it begins with a slash or is empty. Where dot segments make
    /// it mean something else than it seems to, it is the path that they mean.
    static func path(behindPrefixOf request: Request) -> String {
        let raw = request.line.rawPath
        guard !Self.hasDotSegment(raw) else {
            return String(decoding: request.url.path.utf8.dropFirst(request.basePath.utf8.count), as: UTF8.self)
        }
        let slash = UInt8(ascii: "/")
        var slashes = request.basePath.utf8.count { $0 == slash }
        var index = raw.utf8.startIndex
        while index < raw.utf8.endIndex {
            if raw.utf8[index] == slash {
                if slashes == 0 { return String(raw[index...]) }
                slashes -= 1
            }
            index = raw.utf8.index(after: index)
        }
        return ""
    }

    private static func hasDotSegment(_ path: Substring) -> Bool {
        path.utf8.split(separator: UInt8(ascii: "/")).contains { segment in
            guard segment.count <= "%2e%2e".utf8.count else { return false }
            return [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"].contains(String(Substring(segment)).lowercased())
        }
    }

    // MARK: To the visitor

    /// The place itself, asked for without its slash while the origin's root is behind it: links would lead astray (GP-133).
    func redirectToSlash(_ request: Request) -> Response? {
        guard self.base.isEmpty, !request.basePath.isEmpty, request.line.titan == nil,
            request.url.path == request.basePath,
            let url = try? request.url.replacing(path: request.basePath + "/"),
            let target = try? Meta(url.absolutePathReference)
        else { return nil }
        return Response(.redirect(to: target, permanent: true))
    }

    /// Where the visitor is sent when the origin redirects: ours for the origin's own address, otherwise what it said.
    ///
    /// - Returns: `nil` for what is no address, cannot be sent, or is the address that was asked for.
    func redirect(to text: String, from line: RequestLine, for request: Request) -> Meta? {
        guard let reference = try? URIReference(lenient: text) else { return nil }
        guard let target = try? line.url.withoutFragment.resolving(reference).withoutFragment else {
            switch reference.scheme?.lowercased() {
            case nil, "gemini", "titan": return nil
            default: return try? Meta(reference.description.prefix { $0 != "#" })
            }
        }
        guard let ours = self.visitorURL(for: target, line, request) else {
            return target == request.url ? nil : try? Meta(target.description)
        }
        guard ours != request.url else { return nil }
        return try? Meta(ours.scheme == request.url.scheme ? ours.absolutePathReference : ours.description)
    }

    /// Our address for one of the origin's; `nil` for what lies elsewhere.
    private func visitorURL(for target: GeminiURL, _ line: RequestLine, _ request: Request) -> GeminiURL? {
        guard target.scheme == "gemini" || target.scheme == "titan", self.isOrigin(target, line, request) else {
            return nil
        }
        guard target.path == self.base || target.path.hasPrefix(self.base + "/") else { return nil }
        let rest = String(decoding: target.path.utf8.dropFirst(self.base.utf8.count), as: UTF8.self)
        let path = request.basePath + rest
        let port = request.line.explicitPort.map { ":\($0)" } ?? ""
        let query = target.query.map { "?" + $0 } ?? ""
        return try? GeminiURL(
            "\(target.scheme)://\(request.url.host)\(port)\(path.isEmpty ? "/" : path)\(query)"
        )
    }

    /// Whether an address is the origin's, by its own name, or by the one that it was asked by, for which it may not know the
    /// port that leads to it.
    private func isOrigin(_ url: GeminiURL, _ line: RequestLine, _ request: Request) -> Bool {
        let host = url.host.withoutTrailingDot
        if host == self.origin.host.withoutTrailingDot, url.effectivePort == self.port { return true }
        guard self.name != .origin, host == line.url.host.withoutTrailingDot else { return false }
        return [GeminiURL.defaultPort, self.port, request.line.explicitPort ?? GeminiURL.defaultPort]
            .contains(url.effectivePort)
    }
}
