import Canaveral
import CanaveralSQLite
import GRDB

@main
struct Guestbook {
    static func main() async throws {
        try await makeGuestbook(in: "guestbook.sqlite").run()
    }
}

/// A book in a table of its own, beside what the capsule keeps in the same file.
func makeGuestbook(in path: String) throws -> Capsule {
    var options = CapsuleOptions()
    let store = try SQLiteStore(path: path)
    options.store = store
    let book = try Book(store.database)

    return try Capsule(options: options) { routes in
        let front: Path<> = "/"
        let sign = routes.page("/sign") { context in
            let text = try context.input("Your message?") { text in
                guard text.count <= 280 else { throw Invalid("That is longer than 280 characters.") }
                return text
            }
            let name = context.clientCertificate?.commonName ?? "somebody"
            try await book.add(Entry(name: name, text: text, signedAt: context.environment.now().description))
            return .redirect(to: front())
        }
        routes.page(front) { _ in
            let entries = try await book.latest(50)
            return .gemtext {
                Heading("Guestbook")
                Link(to: sign(), "Sign it")
                for entry in entries {
                    Heading("\(entry.name), \(entry.signedAt.prefix(10))", level: 2)
                    Quote(entry.text)
                }
            }
        }
    }
}

struct Entry: Codable, Sendable, FetchableRecord, PersistableRecord {
    var name: String
    var text: String
    var signedAt: String
}

struct Book: Sendable {
    private let database: DatabasePool

    init(_ database: DatabasePool) throws {
        self.database = database
        try database.write { database in
            try database.create(table: Entry.databaseTableName, ifNotExists: true) { table in
                table.autoIncrementedPrimaryKey("id")
                for column in ["name", "text", "signedAt"] { table.column(column, .text).notNull() }
            }
        }
    }

    func add(_ entry: Entry) async throws {
        try await self.database.write { try entry.insert($0) }
    }

    /// The newest first.
    func latest(_ count: Int) async throws -> [Entry] {
        try await self.database.read { try Entry.order(Column("id").desc).limit(count).fetchAll($0) }
    }
}
