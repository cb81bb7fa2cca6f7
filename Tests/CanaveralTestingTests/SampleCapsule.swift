import Canaveral
import CanaveralTesting
import Logging
import NIOCore

/// A small application with something of everything.
struct SampleCapsule {
    let capsule: Capsule
    let reading = Reading()

    init() throws {
        let reading = self.reading
        var options = CapsuleOptions()
        options.logger = Logger(label: "sample") { _ in SwiftLogNoOpLogHandler() }
        self.capsule = try Capsule(
            hosts: [
                CapsuleHost("localhost", aliases: ["alias.example"], acceptsUploads: true, responder: Sample(reading)),
                CapsuleHost("other.example") { routes in
                    routes.page("/") { _ in .gemtext("# Another host") }
                },
            ],
            options: options
        )
    }

    /// What became of the endless page's readers.
    actor Reading {
        private(set) var hasEnded = false
        private(set) var uploads: [String] = []
        private(set) var failedUploads = 0

        func end() {
            self.hasEnded = true
        }

        func keep(_ text: String) {
            self.uploads.append(text)
        }

        func uploadFailed() {
            self.failedUploads += 1
        }
    }
}

/// The pages of the sample's first host, and its uploads.
private struct Sample: Responder {
    private let router: Router<BasicContext>
    private let reading: SampleCapsule.Reading

    init(_ reading: SampleCapsule.Reading) throws {
        self.reading = reading
        self.router = try Router { routes in
            routes.page("/") { _ in .gemtext("# Front\n=> /users/alice Alice\n=> far/away\nplain\n") }
            routes.page("/users/{name}") { (_, name: String) in .gemtext("# \(name)") }
            routes.page("/ask") { context in
                guard let name = try context.request.input() else { return .input("Your name?") }
                return .text("Hello, \(name)")
            }
            routes.page("/whoami") { context in
                guard let certificate = context.clientCertificate else { return .failure(.certificateRequired) }
                return .text("\(certificate.commonName ?? "?") \(certificate.fingerprint)")
            }
            routes.page("/from") { context in .text("\(context.remoteAddress?.ipAddress ?? "?")") }
            routes.redirect("/old", to: try URIReference("/older"))
            routes.redirect("/older", to: try URIReference("/users/alice"), permanent: true)
            routes.redirect("/round", to: try URIReference("/round"))
            routes.page("/fails") { _ in throw Unforeseen() }
            routes.page("/refuses") { _ in throw Refusal() }
            routes.page("/breaks") { _ in
                .success(
                    .gemtext,
                    .stream { writer in
                        try await writer.write("half of it")
                        throw Unforeseen()
                    }
                )
            }
            routes.page("/endless") { _ in
                .success(
                    .gemtext,
                    .stream { writer in
                        do {
                            for number in 0... { try await writer.write("line \(number)\n") }
                        } catch {
                            await reading.end()
                            throw error
                        }
                    }
                )
            }
            routes.page("/long") { _ in .text(String(repeating: "0123456789", count: 30_000)) }
        }
    }

    func respondAtOnce(to request: Request) -> Response? {
        request.path == "/at-once" ? .text("at once") : nil
    }

    func respond(to request: Request) async throws -> Response {
        guard request.upload != nil || request.isEdit else { return try await self.router.respond(to: request) }
        guard let upload = request.upload else { return .text("the editable form") }
        guard upload.parameters.token != "wrong" else { return .failure(.certificateNotAuthorized, "Wrong token.") }
        do {
            let text = String(buffer: try await upload.collect(upTo: 100_000))
            await self.reading.keep("\(upload.parameters.mediaType) \(upload.parameters.token ?? "-") \(text)")
            return .text("kept \(text.utf8.count)")
        } catch {
            await self.reading.uploadFailed()
            throw error
        }
    }

    private struct Unforeseen: Error {}

    private struct Refusal: ResponseError {
        var response: Response { .failure(.certificateNotAuthorized, "Not you.") }
    }
}
