import GeminiProtocol

@testable import GeminiClient

extension Exchange {
    /// An exchange that never was.
    static func test(_ header: ResponseHeader, url: GeminiURL? = nil) -> Exchange {
        let url = url ?? (try! GeminiURL("gemini://example.org/"))
        return Exchange(
            requestedURL: url,
            url: url,
            redirects: [],
            header: header,
            deviations: [],
            server: ServerPresentation(host: url.host, port: 1965, certificates: [], time: .init(secondsSinceEpoch: 0)),
            tls: TLSSession(version: .v1_3, cipherSuite: nil, serverName: nil),
            identity: nil,
            proxy: nil
        )
    }
}
