import GeminiProtocol
import GeminiServer
import NIOCore

/// What the variables of every style are made of.
struct GatewayFacts {
    let request: Request
    let path: GatewayPath
    let carrier: GatewayCarrier
    let server: GatewayServer

    var isTitan: Bool { self.request.url.scheme == "titan" }

    var serverName: String { self.server.name ?? self.request.host.description }

    /// The port that we listen on.
    var port: String { "\(self.request.localAddress?.port ?? self.urlPort)" }

    /// The port that the URL means.
    var urlPort: Int { Int(self.request.url.effectivePort ?? GeminiURL.defaultPort) }

    /// The address of the client. There is no look-up of its name (RFC 3875 §4.1.9 lets the address stand for it).
    var remoteAddress: String { self.request.remoteAddress?.ipAddress ?? "UNKNOWN" }

    /// The query as it was sent, empty where there is none.
    var query: String { self.request.line.rawQuery.map(String.init) ?? "" }

    /// The method of RFC 3875: a Titan upload is closest to HTTP's PUT.
    var method: String { self.request.upload == nil ? "GET" : "PUT" }

    var certificate: ClientCertificate? { self.request.clientCertificate }

    /// The decoded query, where it is words to search for and not a form, as RFC 3875 §4.4 tells them apart, and fits
    /// on a line. Nothing otherwise, for a value holds no line breaks: then there is the encoded query.
    ///
    /// - Parameter plusIsSpace: whether a plus is a space, as in HTML's forms; in Gemini it is a plus (DA-34).
    func searchString(plusIsSpace: Bool = false) -> String? {
        guard let query = self.request.line.rawQuery, !query.utf8.contains(UInt8(ascii: "=")) else { return nil }
        let text = plusIsSpace ? String(query.map { $0 == "+" ? " " : $0 })[...] : query
        guard let decoded = try? PercentEncoding.decode(text),
            !decoded.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return nil }
        return decoded
    }

    /// The decoded path without the slash at its start, as gmid has it.
    var decodedPathWithoutSlash: ArraySlice<UInt8> {
        (self.path.scriptName + self.path.pathInfo).drop { $0 == UInt8(ascii: "/") }
    }
}
