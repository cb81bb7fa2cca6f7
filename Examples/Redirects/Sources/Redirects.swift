import Canaveral

@main
struct Redirects {
    static func main() async throws {
        let folder = CommandLine.arguments.dropFirst().first ?? "Examples/capsule"
        try await makeRedirects(files: folder).run()
    }
}

/// A folder of files whose addresses have changed over the years, and a part of which is for people with a certificate.
///
/// - Parameter crew: the certificates that are let in; `nil` for everybody with one.
func makeRedirects(files folder: String, crew: AllowedCertificates? = nil) throws -> Capsule {
    try Capsule { routes in
        routes.use(
            try .redirects(
                [
                    "/welcome": "/about.gmi",  // a page
                    "/blog/**": "/gemlog/**",  // a folder, and what is in it
                    "/code": "https://example.org/code",  // another place altogether
                ],
                permanent: true
            )
        )
        // A pattern. Whoever moved their pages back later would not want it to be for good.
        routes.use(try .redirects(matching: "/(\\d{4})/(\\d\\d)/([a-z-]+)\\.html?", to: "/gemlog/$3.gmi"))

        routes.mount("/", try .files(in: folder))
        try routes.group("/pictures") { pictures in
            pictures.use(.requireCertificate("The pictures are for the crew", allow: crew))
            pictures.mount("/", try .files(in: folder + "/pictures"))
        }
    }
}
