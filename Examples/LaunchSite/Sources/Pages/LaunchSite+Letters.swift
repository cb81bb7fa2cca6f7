import Canaveral

extension LaunchSite {
    /// What pilots send to each other.
    func letterPages(_ routes: Routes<Pilot>) {
        routes.page("/letters") { pilot in
            let letters = try await self.game.letters(to: pilot.id)
            return .gemtext {
                Heading("Letters")
                for letter in letters {
                    Link(
                        to: "/site/letters/\(letter.id ?? 0)",
                        "\(letter.date) from \(letter.sender)\(letter.isRead ? "" : ", unopened")"
                    )
                }
                if letters.isEmpty { "The box holds a spider, who has no news." }
                Link(to: "/site/letters/new", "Write one")
                Link(to: "/site/", "The hut")
            }
        }
        routes.page("/letters/{letter: Int64}") { (pilot, number: Int64) in
            guard let letter = try await self.game.letter(number, to: pilot.id) else { return .notFound }
            return .gemtext {
                Heading("From \(letter.sender), \(letter.date)")
                Quote(letter.text)
                Blank()
                Link(to: "/site/letters/\(number)/burn", "Burn it")
                Link(to: "/site/letters", "All letters")
            }
        }
        routes.conversation("/letters/{letter: Int64}/burn") { (talk, number: Int64) in
            let pilot = talk.context.id
            if try await talk.confirm("Burn this letter? The stove does not give back.") {
                try await talk.once("burn") { try await self.game.burn(number, of: pilot) }
            }
            return .redirect(to: "/site/letters")
        }
        routes.conversation("/letters/new") { talk in
            let pilot = talk.context
            let recipient = try await self.askForPilot(talk)
            guard let text = try await talk.compose("A letter to \(recipient.name)") else {
                return .redirect(to: "/site/letters")
            }
            try await talk.once("send") {
                try self.post.check(pilot, by: .key(\.id))
                let now = self.environment.now()
                try await self.game.send(Letter(to: Account.ID(recipient.id), from: pilot.account.name, text, at: now))
            }
            return .gemtext(
                """
                # On its way

                The letter to \(recipient.name) is in the bag, and the bag is on the bicycle.

                => /site/letters Letters
                """
            )
        }
        routes.conversation("/gift") { talk in
            let pilot = talk.context
            let recipient = try await self.askForPilot(talk)
            let part = try await talk.ask("What do you give?", of: Part.self)
            try await talk.once("give") {
                try self.post.check(pilot, by: .key(\.id))
                let now = self.environment.now()
                try await self.game.give(part, from: pilot.account, to: Account.ID(recipient.id), at: now)
            }
            return .gemtext(
                """
                # Wrapped and sent

                \(recipient.name) will find it in the post: \(pilot.taste.name(part)).

                => /site/hangar The hangar
                """
            )
        }
    }

    private struct Addressee: Sendable, Codable {
        let id: String
        let name: String
    }

    private func askForPilot(_ talk: Conversation<Pilot>) async throws -> Addressee {
        try await talk.ask("For whom?") { name in
            guard let account = try await self.accounts.account(named: name) else {
                throw Invalid("Nobody here is called \(name).")
            }
            return Addressee(id: account.id.description, name: account.name)
        }
    }
}
