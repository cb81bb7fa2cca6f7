import Canaveral

@main
struct HTTPProxy {
    static func main() async throws {
        try await makeHTTPProxy().run()
    }
}

/// A capsule through which Gemini clients read the web, pages of HTML as gemtext.
///
/// Its hosts are this machine's loopback names, so that it listens on loopback only: who opens it to the world opens it for
/// everybody, and should ask for certificates (`routes.use(.requireCertificate(...))`).
func makeHTTPProxy(_ web: Web = Web()) throws -> Capsule {
    var options = CapsuleOptions()
    // What is asked for that is no page of the capsule's. A router is a responder: the proxy has middleware like any page.
    options.proxy = try Router { routes in
        routes.use(.rateLimit("120/m"))
        routes.page("/**") { context in
            guard ["http", "https"].contains(context.url.scheme) else {
                return .failure(.proxyRequestRefused, "Only http: and https: URLs are fetched here")
            }
            let document = try await web.document(at: context.url, logger: context.logger)
            guard document.isHTML else { return .success(document.type, .bytes(document.body)) }
            return .gemtext(HTMLPage(document.text, at: document.url.reference).gemtext)
        }
    }
    return try Capsule(options: options) { routes in
        routes.page("/") { _ in
            .gemtext {
                Heading("A proxy to the web")
                "Set localhost:1965 as the proxy for http and https in your client."
            }
        }
    }
}
