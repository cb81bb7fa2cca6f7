import Canaveral

/// Serves the same page twice, from a file and from a handler, so that what a dynamic page costs can be measured.
///
///     Pages --cert FILE --key FILE --port PORT --dir FOLDER --access-log FILE
///
/// `/file/index.gmi` is read from the folder for each request, `/handler` is written for each request.
@main
struct Pages {
    static func main() async throws {
        guard let options = Options(arguments: CommandLine.arguments.dropFirst()) else {
            print("usage: Pages --cert FILE --key FILE --port PORT --dir FOLDER --access-log FILE")
            return
        }
        var configuration = CapsuleOptions()
        configuration.addresses = [ListenAddress(host: "127.0.0.1", port: options.port)]
        configuration.accessLog = .file(options.accessLog)
        configuration.limits.maximumConnectionsPerAddress = nil
        let capsule = try Capsule(
            hostname: "localhost",
            identity: .files(certificate: options.certificate, key: options.key),
            options: configuration
        ) { routes in
            routes.mount("/file", try .files(in: options.directory))
            routes.page("/handler") { _ in .gemtext(Self.page()) }
        }
        try await capsule.run()
    }

    /// The page of the file, of 1,024 bytes, line by line.
    static func page() -> Gemtext {
        Gemtext {
            Heading("A page of one kibibyte")
            Blank()
            for _ in 0..<30 { Link(to: "index.gmi", "The same page again") }
            "......."
        }
    }
}
