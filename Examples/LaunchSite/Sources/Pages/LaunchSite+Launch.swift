import Canaveral

extension LaunchSite {
    func launchPages(_ routes: Routes<Pilot>) {
        routes.conversation("/launch") { talk in
            let pilot = talk.context
            let name = try await talk.once("check") {
                try await self.game.hangar(of: pilot.id).ready(in: self.weather()).name
            }
            guard try await talk.confirm("\(name) is fuelled, and the window is open. Launch?") else {
                return .redirect(to: "/site/")
            }
            let entry = try await talk.once("launch") {
                let (weather, now) = (try await self.weather(), self.environment.now())
                return try await self.game.launch(
                    of: pilot.account,
                    in: weather,
                    chance: self.environment.chance,
                    at: now
                )
            }
            return self.show(entry, to: pilot)
        }
    }

    /// The launch as it happens, a line at a time.
    private func show(_ entry: LoggedFlight, to pilot: Pilot) -> Response {
        let (flight, taste, sleep) = (entry.flight, pilot.taste, self.environment.sleep)
        return .stream { page in
            try await page.write {
                Heading("\(flight.rocket.name) on the pad")
                flight.rocket.picture(taste)
            }
            for (index, line) in Self.countdown.enumerated() {
                try await page.write { "T-\(Self.countdown.count - index): \(line)" }
                try await sleep(.seconds(1))
            }
            try await page.write { flight.rocket.picture(flying: true, taste) }
            for event in flight.events {
                try await page.write { "T+\(event.second) s: \(event.text)" }
                try await sleep(.seconds(2))
            }
            try await page.write(
                """

                ## \(Height.text(flight.metres))

                The treasurer counts out \(flight.shells.of("shell")).

                => /hall/\(entry.number) It is in the hall already
                => /site/ The hut
                """
            )
        }
    }

    private static let countdown = [
        "The gulls are asked to leave. They consider it.",
        "Valves open, all of them, even the one that sticks.",
        "Somebody drops a spanner. Everybody pretends not to have heard.",
        "The siren.",
        "Nobody breathes.",
    ]
}
