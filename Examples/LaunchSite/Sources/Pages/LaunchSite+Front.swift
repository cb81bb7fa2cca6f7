import Canaveral

extension LaunchSite {
    /// What everybody sees.
    func frontPages(_ routes: Routes<Visitor>) {
        routes.page("/") { _ in
            let flights = try await self.game.latestFlights(3)
            let weather = try await self.weather()
            return .gemtext {
                Self.gullPoint
                weather.description
                Blank()
                Link(to: "/site/", "Come in (bring a certificate)")
                Link(to: "/hall", "The hall of flights")
                Link(to: "/how", "How it works")
                Blank()
                Heading("Lately", level: 2)
                if flights.isEmpty { "Nothing has flown yet but gulls." }
                List(flights.map { "\($0.moment.date): \($0.title)" })
            }
        }
        routes.page("/how") { _ in .gemtext(Self.howItWorks) }
    }

    private static let gullPoint: Gemtext = """
        # Gull Point

        ```A rocket on a spit of sand, the sea, and a gull
                  /\\
                 |  |         ~v~
                 |  |
         _______/[==]\\_______________
        ~ ~ ~~ ~~~ ~ ~~ ~ ~~~ ~~ ~ ~~~ ~
        ```

        A spit of sand with a concrete pad on it. Whoever comes along may build a rocket and fly it.

        """

    private static let howItWorks: Gemtext = """
        # How it works

        The supply boat comes at six in the morning (UTC). It brings three barrels of fuel for every pilot, and a crate with a part in it. Nobody's shed holds more than twelve barrels, and the pier has room for three of your crates: come by now and then.

        A rocket is a nose on one to three stages. A stage is an engine and up to three tanks, and each tank burns a barrel. The lowest stage is lit first, and what is burnt out falls away, so it matters what you put where. Fins are for wind. A parachute brings back the nose, the last engine and itself.

        The weather changes every hour. With rain, or more than twenty knots of wind, nobody flies. A rocket that waits outdoors gets rusty, and a rusty rocket does not fly as high.

        What falls into the sea is not lost: the tide brings it back, a part an hour. It belongs to whoever picks it up.

        Flights earn shells, the higher the more, and shells buy parts. Parts make good presents. A hundred kilometres is space.

        => / Gull Point
        """
}
