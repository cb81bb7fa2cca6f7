import Canaveral

extension LaunchSite {
    /// The certificates of an account, and how there come to be more.
    func keyPages(_ routes: Routes<Pilot>) {
        routes.page("/keys") { pilot in
            .gemtext {
                Heading("Your keys")
                "Each of these certificates opens your hut."
                for key in pilot.account.certificates {
                    Blank()
                    let name = key.label.isEmpty ? "A key without a name" : key.label
                    "\(name)\(key.id == pilot.certificate ? " (this device)" : "")"
                    "Since \(key.added.date), until \(key.expires?.date ?? "whenever")."
                    Link(to: "/site/keys/\(key.id)/remove", "Remove it")
                }
                Blank()
                Link(to: "/site/keys/code", "Add a device: get a code")
                Link(to: "/site/keys/phrase", "Get a recovery phrase")
                Link(to: "/site/", "The hut")
            }
        }
        routes.page("/keys/code") { pilot in
            let code = try await self.accounts.pairingCode(for: pilot.id)
            return .gemtext(
                """
                # \(code)

                Come to the gate with your other device, say that you have a code, and type this. It is good once, until \(code.expires).

                => /site/keys Your keys
                """
            )
        }
        routes.page("/keys/phrase") { pilot in
            guard try pilot.confirm("Make a recovery phrase? An older one stops to work.") else {
                return .redirect(to: "/site/keys")
            }
            let phrase = try await self.accounts.recoveryPhrase(for: pilot.id)
            return .gemtext(
                """
                # Write this down

                > \(phrase)

                On paper, not on this device. It is not shown again.

                => /site/keys I have written it down
                """
            )
        }
        routes.conversation("/keys/{key}/remove") { (talk, key: AccountCertificate.ID) in
            let pilot = talk.context.id
            if try await talk.confirm("Remove this key? Whoever has it stays outside.") {
                do {
                    try await talk.once("remove") { _ = try await self.accounts.remove(key, from: pilot) }
                } catch let error as AccountError {
                    throw Refusal(error.description)
                }
            }
            return .redirect(to: "/site/keys")
        }
    }

    /// The way out.
    func accountPages(_ routes: Routes<Pilot>) {
        routes.conversation("/leave") { talk in
            let pilot = talk.context.id
            let question = "Leave for good? Hut, hangar and letters go to somebody else. Type yes to confirm."
            guard try await talk.confirm(question) else { return .redirect(to: "/site/") }
            try await talk.once("leave") {
                try await self.game.remove(pilot)
                try await self.accounts.delete(pilot)
            }
            return .gemtext(
                """
                # The causeway

                You look back once. A gull has moved in already.

                => / Gull Point
                """
            )
        }
    }
}
