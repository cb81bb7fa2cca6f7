import Canaveral

extension LaunchSite {
    /// Where parts come from: the pier, the beach and the shop.
    func storePages(_ routes: Routes<Pilot>) {
        routes.page("/pier") { pilot in
            let crates = try await self.game.hangar(of: pilot.id).crates
            return .gemtext {
                Heading("The pier")
                "\(crates.of("crate")) with your name on."
                if crates > 0 { Link(to: "/site/pier/open", "Open one") }
                Link(to: "/site/", "The hut")
            }
        }
        routes.conversation("/pier/open") { talk in
            let pilot = talk.context.id
            let chance = self.environment.chance
            let part = try await talk.once("open") {
                try await self.game.change(pilot) { try $0.openCrate(chance) }
            }
            return .gemtext(
                """
                # A crate

                Straw, more straw, and in it: \(talk.context.taste.name(part)). \(part.purpose)

                => /site/pier The pier
                """
            )
        }
        routes.page("/beach") { pilot in
            let found = try await self.game.beach()
            return .gemtext {
                Heading("The beach")
                "What the sea had, the sea gives back, to whoever is first."
                if found.isEmpty { "Today that is kelp." }
                for thing in found {
                    Link(to: "/site/beach/\(thing.number)", "Pick up: \(pilot.taste.name(thing.part))")
                }
                Link(to: "/site/", "The hut")
            }
        }
        routes.conversation("/beach/{thing: Int64}") { talk, thing in
            let pilot = talk.context.id
            let part = try await talk.once("pick up") { try await self.game.pickUp(thing, for: pilot) }
            return .gemtext(
                """
                # Yours

                You rinse it and carry it to the hangar: \(talk.context.taste.name(part)).

                => /site/beach The beach
                """
            )
        }
        routes.page("/shop") { pilot in
            let hangar = try await self.game.hangar(of: pilot.id)
            return .gemtext {
                Heading("The chandlery")
                "You have \(hangar.shells.of("shell"))."
                Blank()
                for part in Part.allCases {
                    Link(to: "/site/shop/\(part.rawValue)", "\(pilot.taste.name(part)): \(part.price) shells")
                    part.purpose
                }
                Link(to: "/site/", "The hut")
            }
        }
        routes.conversation("/shop/{part}") { (talk, part: Part) in
            let pilot = talk.context.id
            let question = "Buy \(part.rawValue), for \(part.price) shells?"
            if try await talk.confirm(question) {
                try await talk.once("buy") { try await self.game.change(pilot) { try $0.buy(part) } }
            }
            return .redirect(to: "/site/shop")
        }
    }
}
