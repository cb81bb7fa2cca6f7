import Canaveral

#if SQLite
import CanaveralSQLite
#endif

@main
struct Guestbook {
    static func main() async throws {
        #if SQLite
        try await self.capsule(store: SQLiteStore(path: "guestbook.sqlite")).run()
        #else
        try await self.capsule().run()
        #endif
    }

    static func capsule(store: (any Store)? = nil) throws -> Capsule {
        var options = CapsuleOptions()
        options.store = store
        return try Capsule(hostname: "localhost", options: options) { routes in
            routes.page("/") { _ in
                .gemtext {
                    Heading("Guestbook")
                    Link(to: "/hello", "Say hello")
                    Link(to: Pages.entries(1), "Read")
                    Link(to: "/guest/", "Write")
                }
            }
            routes.page(Pages.greeting) { _, name in
                .gemtext("# Hello, \(name)!")
            }
            routes.page("/hello") { context in
                let name = try context.input("What is your name?")
                return .redirect(to: Pages.greeting(name))
            }
            routes.page(Pages.entries) { context, page in
                guard (1...10).contains(page) else { return .notFound }
                let entries = try await context.entries().reversed()
                return .gemtext {
                    Heading("Page \(page)")
                    for entry in entries.dropFirst(10 * (page - 1)).prefix(10) {
                        Heading("\(entry.name), \(entry.date)", level: 2)
                        Quote(entry.words)
                    }
                    if entries.count > 10 * page {
                        Link(to: Pages.entries(page + 1), "Older")
                    }
                }
            }
            routes.group("/guest", context: GuestContext.self) { guest in
                guest.use(.rateLimit("20/m", by: .certificate))
                guest.page("/") { context in
                    let name = try await context.signature.read().name
                    return .gemtext(
                        """
                        # Write into the guestbook
                        You sign as \(name).
                        => /guest/signature Sign as somebody else
                        => /guest/write Write
                        """
                    )
                }
                guest.page("/signature") { context in
                    let name = try context.input("How do you sign?")
                    try await context.signature.update { $0.name = name }
                    return .redirect(to: "/guest/")
                }
                guest.page("/write") { context in
                    let words = try context.input("Your words")
                    let name = try await context.signature.read().name
                    try await context.add(Entry(name: name, words: words, date: context.environment.now().date))
                    return .redirect(to: Pages.entries(1))
                }
            }
        }
    }
}

enum Pages {
    static let greeting: Path<String> = "/hello/{name}"
    static let entries: Path<Int> = "/entries/{page}"
}

struct Entry: Codable, Sendable {
    let name: String
    let words: String
    let date: String

    static let all = StoreKey(space: "entries", id: "all")
}

extension RequestContext {
    func entries() async throws -> [Entry] {
        try await self.store.read(Entry.all, as: [Entry].self) ?? []
    }

    func add(_ entry: Entry) async throws {
        try await self.store.update(Entry.all, of: [Entry].self) { entries in
            entries = ((entries ?? []) + [entry]).suffix(100)
        }
    }
}

struct Signature: Codable, Sendable {
    var name = "Anonymous"
}

struct GuestContext: ChildContext {
    var core: CoreContext
    let signature: Session<Signature>

    init(_ parent: BasicContext) throws {
        try parent.requireCertificate("The guestbook knows you by your certificate")
        self.core = parent.core
        self.signature = try parent.session(initial: Signature())
    }
}
