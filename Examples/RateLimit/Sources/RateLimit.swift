import Canaveral

@main
struct RateLimitExample {
    static func main() async throws {
        try await makeRateLimit().run()
    }
}

/// A limit for everything, and tighter ones for what costs more.
func makeRateLimit() throws -> Capsule {
    try Capsule { routes in
        routes.use(.rateLimit("30/m"))  // each address: bursts of thirty, then one every two seconds

        routes.page("/") { _ in
            .gemtext {
                Heading("Dice")
                Link(to: "/dice/roll", "Roll: five times a minute")
                Link(
                    to: "/oracle/",
                    "Ask the oracle, with a certificate: three times a day, and no more than once an hour"
                )
            }
        }
        routes.group("/dice") { dice in
            dice.use(.rateLimit("5/m"))
            dice.page("/roll") { context in
                .gemtext("You rolled a \(Int(context.environment.randomBytes(1)[0]) % 6 + 1).")
            }
        }
        routes.group("/oracle") { oracle in
            oracle.use(.requireCertificate("The oracle wants to know who asks"))
            oracle.use(.rateLimit("1/h", "3/d", by: .certificate))
            oracle.page("/") { context in
                .gemtext(context.environment.randomBytes(1)[0] < 128 ? "Yes." : "No.")
            }
        }
    }
}
