import Canaveral
import GeminiProtocol
import GeminiServer
import NIOCore
import Testing

@Suite("Routes")
struct RouterTests {
    /// A router whose pages say which of them answered.
    private let router: Router<BasicContext>

    init() throws {
        self.router = try Router { routes in
            routes.page("/") { _ in .text("home") }
            routes.page("/users/{name}") { (_, name: String) in .text("user \(name)") }
            routes.page("/users/{id: Int}") { (_, id: Int) in .text("number \(id)") }
            routes.page("/users/new") { _ in .text("new user") }
            routes.page("/users/{name}/posts/{page}") { (_, name: String, page: UInt) in .text("\(name), page \(page)")
            }
            routes.page("/café menu") { _ in .text("menu") }
            routes.page("/folder/") { _ in .text("folder") }
            routes.group("/archive") { archive in
                archive.page("/{year}") { (_, year: Int) in .text("year \(year)") }
                archive.page("/**") { context in .text("archive \(context.path)") }
            }
        }
    }

    @Test(
        "The most particular route answers, with its parameters decoded once",
        arguments: [
            ("/", "20 home"),
            ("", "20 home"),
            ("/users/new", "20 new user"),
            ("/users/17", "20 number 17"),
            ("/users/017", "20 user 017"),
            ("/users/alice", "20 user alice"),
            ("/users/a%2Fb%20c", "20 user a/b c"),
            ("/users/a%252Fb", "20 user a%2Fb"),
            ("/users/caf%C3%A9", "20 user café"),
            ("/users/%FF", "51"),
            ("/users/", "51"),
            ("/users", "51"),
            ("/users/alice/posts/3", "20 alice, page 3"),
            ("/users/17/posts/3", "20 17, page 3"),
            ("/users/alice/posts/x", "51"),
            ("/caf%c3%a9%20menu", "20 menu"),
            ("/folder/", "20 folder"),
            ("/archive/1969", "20 year 1969"),
            ("/archive/", "20 archive /archive/"),
            ("/archive/a/b", "20 archive /archive/a/b"),
            ("/nothing", "51"),
        ]
    )
    func matching(path: String, expected: String) async throws {
        let answer = try await self.router.answer(to: "gemini://localhost\(path)")
        #expect(answer.hasPrefix(expected), "\(answer)")
    }

    @Test(
        "A slash too many or too few at the end is mended for good, and the query goes along",
        arguments: [
            ("/folder", "31 gemini://localhost/folder/"),
            ("/folder?a%20b", "31 gemini://localhost/folder/?a%20b"),
            ("/users/alice/", "31 gemini://localhost/users/alice"),
            ("/archive", "31 gemini://localhost/archive/"),
        ]
    )
    func slashes(path: String, expected: String) async throws {
        #expect(try await self.router.answer(to: "gemini://localhost\(path)") == expected)
    }

    @Test("A route makes its own URL, percent-encoded")
    func links() throws {
        var profile: Path<String>?
        var post: Path<String, Int>?
        _ = try Router { routes in
            routes.group("/club") { club in
                profile = club.page("/users/{name}") { (_, _: String) in .text("") }
                post = club.page("/users/{name}/posts/{page: Int}") { (_, _: String, _: Int) in .text("") }
            }
        }
        #expect(profile?("a/b c").description == "/club/users/a%2Fb%20c")
        #expect(post?("é?#;", -3).description == "/club/users/%C3%A9%3F%23%3B/posts/-3")
        #expect(profile?("..").description == "/club/users/%252E%252E")
        let home: Path<> = "/"
        #expect(home().description == "/")
    }

    @Test("A path that several places use gives the handler its types")
    func declaredPath() async throws {
        let entries: Path<Int> = "/entries/{page: Int}"
        let router = try Router { routes in
            routes.page(entries) { _, page in
                let next = entries(page + 1)
                return .text("\(next)")
            }
        }
        #expect(try await router.answer(to: "gemini://localhost/entries/2") == "20 /entries/3")
    }

    @Test("Routes that clash are found when they are made, with both places")
    func clashes() throws {
        func build(_ routes: Routes<BasicContext>) {
            routes.page("/a/{x}") { (_, _: String) in .text("") }
            routes.page("/a/{y}") { (_, _: String) in .text("") }
            routes.mount("/files", .closure { _ in .text("") })
            routes.page("/files/**") { _ in .text("") }
        }
        let line = #line - 5
        let error = #expect(throws: RoutingError.self) { try Router(build) }
        #expect(error?.problems.count == 2)
        #expect(
            error?.description.hasPrefix(
                "The routes /a/{x} (CanaveralTests/RouterTests.swift:\(line)) and /a/{y} (CanaveralTests/RouterTests.swift:\(line + 1)) answer for the same requests"
            ) == true,
            "\(String(describing: error))"
        )
    }

    @Test("Routes that cannot be are found when they are made, all of them")
    func mistakes() throws {
        let error = #expect(throws: RoutingError.self) {
            _ = try Router { routes in
                routes.page("a") { _ in .text("") }
                routes.page("/a//b") { _ in .text("") }
                routes.page("/**/b") { _ in .text("") }
                routes.page("/x{y}") { (_, _: String) in .text("") }
                routes.page("/{y}/{y}") { (_, _: String, _: String) in .text("") }
                routes.page("/{y: Int}") { (_, _: String) in .text("") }
                routes.page("/{y}/z") { _ in .text("") }
                routes.page("/../z") { _ in .text("") }
            }
        }
        #expect(error?.problems.count == 8, "\(String(describing: error))")
    }

    @Test("What is mounted answers for all that is beneath, and knows where it is")
    func mounting() async throws {
        let inner = try Router { routes in
            routes.page("/") { context in .text("inner home at \(context.request.basePath)") }
            routes.page("/deep") { context in .text("deep \(context.request.localPath)") }
        }
        let router = try Router { routes in
            routes.mount("/inner", inner)
            routes.mount("/plain", .closure { .text("\($0.basePath) \($0.localPath)") })
            routes.page("/plain/page") { _ in .text("page") }
        }
        #expect(try await router.answer(to: "gemini://localhost/inner/") == "20 inner home at /inner")
        #expect(try await router.answer(to: "gemini://localhost/inner/deep") == "20 deep /deep")
        #expect(try await router.answer(to: "gemini://localhost/inner/deep/") == "31 gemini://localhost/inner/deep")
        #expect(try await router.answer(to: "gemini://localhost/inner") == "31 gemini://localhost/inner/")
        #expect(try await router.answer(to: "gemini://localhost/plain/a/b") == "20 /plain /a/b")
        #expect(try await router.answer(to: "gemini://localhost/plain/page") == "20 page")
    }

    @Test("A group's context is made before its handlers, or its error is the answer")
    func contexts() async throws {
        let router = try Router { routes in
            routes.group("/club", context: MemberContext.self) { club in
                club.page("/") { context in .text("Welcome, \(context.member)") }
            }
        }
        #expect(try await router.answer(to: "gemini://localhost/club/?alice") == "20 Welcome, alice")
        #expect(try await router.answer(to: "gemini://localhost/club/") == "60 Members only")
    }

    @Test("A context has what the application puts into it, in groups too")
    func application() async throws {
        struct Library: RequestContext {
            var core: CoreContext
            let books: [String]
        }
        struct Reader: ChildContext {
            var core: CoreContext
            let first: String
            init(_ library: Library) { (self.core, self.first) = (library.core, library.books[0]) }
        }
        let books = ["Emma", "Persuasion"]
        func build(_ routes: Routes<Library>) {
            routes.page("/") { library in .text("\(library.books.count)") }
            routes.group("/desk", context: Reader.self) { desk in
                desk.page("/") { reader in .text(reader.first) }
            }
        }
        let router = try Router(context: { Library(core: $0, books: books) }, build)
        #expect(try await router.answer(to: "gemini://localhost/") == "20 2")
        #expect(try await router.answer(to: "gemini://localhost/desk/") == "20 Emma")
    }

    @Test("Accounts and certificates are parameters of paths")
    func identifiers() {
        let path: Path<Account.ID, AccountCertificate.ID> = "/accounts/{account}/keys/{key}"
        let link = path(Account.ID("0a"), AccountCertificate.ID("key:SHA256:ab/c"))
        #expect(link.description == "/accounts/0a/keys/key:SHA256:ab%2Fc")
        #expect(AccountCertificate.ID(pathParameter: "key:x") == AccountCertificate.ID("key:x"))
        #expect(Account.ID(pathParameter: "0a") == Account.ID("0a"))
    }

    @Test("Middleware is around all routes of its group, the first the outermost, and sees errors as responses")
    func middleware() async throws {
        let router = try Router { routes in
            routes.page("/") { _ in .text("home") }
            routes.use { context, next in try await next(context).marked("a") }
            routes.use { context, next in try await next(context).marked("b") }
            routes.group("/club") { club in
                club.page("/") { _ in throw Refusal() }
                club.use { context, next in try await next(context).marked("c") }
            }
        }
        #expect(try await router.answer(to: "gemini://localhost/") == "20 home b a")
        #expect(try await router.answer(to: "gemini://localhost/club/") == "50 No c b a")
        #expect(try await router.answer(to: "gemini://localhost/nowhere") == "51 Not found b a")
    }
}

private struct MemberContext: ChildContext {
    var core: CoreContext
    let member: String

    init(_ parent: BasicContext) throws {
        guard let name = parent.url.query else { throw MembersOnly() }
        self.core = parent.core
        self.member = name
    }
}

private struct MembersOnly: ResponseError {
    var response: Response { .failure(.certificateRequired, "Members only") }
}

private struct Refusal: ResponseError {
    var response: Response { .failure(.permanentFailure, "No") }
}

extension Response {
    fileprivate func marked(_ mark: String) -> Response {
        guard case .bytes(let bytes) = self.body else {
            return .failure(self.status, "\(self.header.meta?.text ?? "") \(mark)")
        }
        return .text(String(buffer: bytes) + " \(mark)")
    }
}

extension Router {
    /// The status and the body, or the meta where there is none.
    fileprivate func answer(to url: String) async throws -> String {
        let request = Request(line: try RequestLine(parsing: Array(url.utf8).span))
        let response = try await self.respond(to: request)
        guard case .bytes(let bytes) = response.body else { return response.header.description }
        return "\(response.status.code) \(String(buffer: bytes))"
    }
}
