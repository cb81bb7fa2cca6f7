import Canaveral

extension LaunchSite {
    /// For those who have a certificate that nobody knows.
    func gatePages(_ routes: Routes<Guest>) {
        routes.page("/gate") { _ in
            .gemtext(
                """
                # The gate

                A woman looks up from a crossword. "I do not know that certificate. New here?"

                => /site/gate/new I am new
                => /site/gate/code I have an account, and a code from another device
                => /site/gate/phrase I have lost my certificate, and have a recovery phrase
                => / Another time
                """
            )
        }
        routes.conversation("/gate/new") { talk in
            let guest = talk.context
            let name = try await talk.ask("What shall we call you?") { name in
                try self.newcomers.check(guest)
                let account = try await self.accounts.register(guest.certificate, name: name)
                try await self.game.change(account.id) { _ in }
                return account.name
            }
            return .gemtext(
                """
                # Welcome, \(name)

                She pushes a key across the desk. "Hut four. There is fuel for one flight, and some parts that were my sister's. Mind the gulls."

                => /site/ To the hut
                => /site/keys Before you forget: a second key
                """
            )
        }
        routes.conversation("/gate/code") { talk in
            try await self.letIn(talk, "The code from your other device?") { code in
                try await self.accounts.pair(code, with: talk.context.certificate)
            }
        }
        routes.conversation("/gate/phrase") { talk in
            try await self.letIn(talk, "Your recovery phrase, all thirteen words?") { phrase in
                try await self.accounts.recover(phrase, with: talk.context.certificate)
            }
        }
    }

    private func letIn(
        _ talk: Conversation<Guest>,
        _ question: String,
        _ find: (String) async throws -> Account
    ) async throws -> Response {
        let name = try await talk.ask(question, sensitive: true) { secret in
            try self.guesses.check(talk.context)
            return try await find(secret).name
        }
        return .gemtext(
            """
            # Of course, \(name)

            "Your voice is the same, anyway." This device has its own key from now on.

            => /site/ To the hut
            => /site/keys All your keys
            """
        )
    }
}
