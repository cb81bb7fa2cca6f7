import Canaveral

extension LaunchSite {
    private static let flight: Path<Int64> = "/hall/{flight: Int64}"

    /// The board by the road: all flights, for readers and for feed readers.
    func hallPages(_ routes: Routes<Visitor>) {
        routes.page("/hall") { visitor in
            let feed = try await self.feed(at: visitor.url)
            let best = try await self.game.highestFlights(5)
            return .gemtext {
                feed.subscriptionPage
                Blank()
                Heading("The highest", level: 2)
                List(best.map(\.title))
                Blank()
                Link(to: "/hall/atom", "The same as Atom")
                Link(to: "/", "Gull Point")
            }
        }
        routes.page("/hall/atom") { visitor in
            .atom(try await self.feed(at: visitor.url.resolving("/hall")), at: visitor.url)
        }
        routes.page(Self.flight) { _, number in
            guard let entry = try await self.game.flight(number) else { return .notFound }
            return .gemtext {
                Heading(entry.title)
                "On \(entry.moment.date). \(Height(entry.metres).remark)"
                Blank()
                entry.flight.rocket.picture(Taste())
                List(entry.flight.events.map { "T+\($0.second) s: \($0.text)" })
                Blank()
                Link(to: "/hall", "The hall of flights")
            }
        }
    }

    private func feed(at url: GeminiURL) async throws -> Feed {
        let entries = try await self.game.latestFlights(50).map { entry in
            FeedEntry(title: entry.title, at: try url.resolving(Self.flight(entry.number)), updated: entry.moment)
        }
        return Feed(title: "The hall of flights", at: url, subtitle: "Gull Point", entries: entries)
    }
}
