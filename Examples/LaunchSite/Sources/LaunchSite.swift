import Canaveral
import CanaveralSQLite

/// Gull Point: a small launch site on a spit of sand, which its visitors share.
struct LaunchSite: Sendable {
    let environment: AppEnvironment
    let store: SQLiteStore
    let game: Game
    let accounts: Accounts

    /// By address: who makes accounts, and who tries codes and phrases.
    let newcomers = RateLimiter("10/d")
    let guesses = RateLimiter("20/h")
    /// By account: who writes letters and gives presents.
    let post = RateLimiter("20/h")

    init(database path: String, environment: AppEnvironment = .system) throws {
        self.environment = environment
        self.store = try SQLiteStore(path: path, now: environment.now)
        self.game = try Game(in: self.store.database)
        self.accounts = Accounts(in: self.store, now: environment.now, randomBytes: environment.randomBytes)
    }

    func capsule(hostname: String = "localhost") throws -> Capsule {
        var options = CapsuleOptions()
        options.environment = self.environment
        options.store = self.store
        self.schedule(in: &options)
        return try Capsule(
            hostname: hostname,
            options: options,
            context: { Visitor(core: $0, site: self) },
            routes: self.routes
        )
    }

    private func routes(_ routes: Routes<Visitor>) {
        routes.use(.rateLimit("600/5m"))
        self.frontPages(routes)
        self.hallPages(routes)
        routes.group("/site", context: Guest.self) { gate in
            self.gatePages(gate)
            gate.group("/", context: Pilot.self) { site in
                self.hutPages(site)
                self.storePages(site)
                self.hangarPages(site)
                self.launchPages(site)
                self.letterPages(site)
                self.keyPages(site)
                self.accountPages(site)
            }
        }
    }
}

extension AppEnvironment {
    /// A number that nobody can foretell.
    var chance: UInt64 {
        self.randomBytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
