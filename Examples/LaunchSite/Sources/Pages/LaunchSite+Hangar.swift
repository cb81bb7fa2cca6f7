import Canaveral

extension LaunchSite {
    /// Where rockets are built.
    func hangarPages(_ routes: Routes<Pilot>) {
        routes.page("/hangar") { pilot in
            let hangar = try await self.game.hangar(of: pilot.id)
            return .gemtext {
                Heading("The hangar")
                if let rocket = hangar.rocket {
                    "\(rocket.name): \(rocket.condition), and it takes \(rocket.fuel.of("barrel")) of fuel."
                    rocket.picture(pilot.taste)
                    Link(to: "/site/hangar/stage", "Add a stage")
                    for part in [Part.fins, .parachute] where !rocket.has(part) {
                        Link(to: "/site/hangar/fit/\(part.rawValue)", "Fit \(pilot.taste.name(part))")
                    }
                    Link(to: "/site/hangar/scrap", "Take it apart")
                } else {
                    "The pad is empty."
                    Link(to: "/site/hangar/new", "Build a rocket")
                }
                Blank()
                Heading("On the shelves", level: 2)
                List(Part.allCases.map { "\(hangar.count($0)) × \(pilot.taste.name($0))" })
                Link(to: "/site/gift", "Give a part to somebody")
                Link(to: "/site/", "The hut")
            }
        }
        routes.conversation("/hangar/new") { talk in
            let name = try await talk.ask("What shall it be called?") { text in
                guard text.count <= 30, !text.contains(where: \.isNewline) else {
                    throw Invalid("That does not fit on its side.")
                }
                return text
            }
            let tanks = try await talk.ask("How many tanks in its first stage, 1 to 3?", as: Int.self)
            return try await self.build(talk) { try $0.lay(down: name, tanks: tanks) }
        }
        routes.conversation("/hangar/stage") { talk in
            let tanks = try await talk.ask("How many tanks, 1 to 3?", as: Int.self)
            return try await self.build(talk) { try $0.add(stage: tanks) }
        }
        routes.conversation("/hangar/fit/{part}") { (talk, part: Part) in
            try await self.build(talk) { try $0.fit(part) }
        }
        routes.conversation("/hangar/scrap") { talk in
            guard try await talk.confirm("Take it apart, down to the last bolt?") else {
                return .redirect(to: "/site/hangar")
            }
            return try await self.build(talk) { try $0.scrap() }
        }
    }

    private func build(
        _ talk: Conversation<Pilot>,
        _ change: @escaping @Sendable (inout Hangar) throws -> Void
    ) async throws -> Response {
        let pilot = talk.context.id
        try await talk.once("build") { try await self.game.change(pilot, change) }
        return .redirect(to: "/site/hangar")
    }
}

extension Rocket {
    /// A rocket for pages that show what rockets look like.
    static let example: Rocket = {
        var rocket = Rocket(name: "Example")
        try? rocket.add(stage: 2)
        return rocket
    }()
}
