import Canaveral

extension LaunchSite {
    private static let setting: Path<Taste.Setting, Taste.Choice> = "/taste/{setting}/{choice}"

    /// Where a pilot's day begins.
    func hutPages(_ routes: Routes<Pilot>) {
        routes.page("/") { pilot in
            let hangar = try await self.game.hangar(of: pilot.id)
            let letters = try await self.game.unreadLetters(to: pilot.id)
            let weather = try await self.weather()
            let news = try await self.news(for: pilot)
            return .gemtext {
                Heading("Hut four, \(pilot.account.name)'s")
                news
                self.notices(for: pilot)
                weather.description
                "You have \(hangar.fuel.of("barrel")) of fuel and \(hangar.shells.of("shell"))."
                Blank()
                Link(to: "/site/pier", "The pier (\(hangar.crates.of("crate")) for you)")
                Link(to: "/site/beach", "The beach")
                Link(to: "/site/hangar", "The hangar")
                Link(to: "/site/launch", "The pad")
                Link(to: "/site/shop", "The chandlery")
                Link(to: "/site/letters", "Letters (\(letters) new)")
                Link(to: "/hall", "The hall of flights")
                Blank()
                Link(to: "/site/keys", "Your keys")
                Link(to: "/site/taste", "How pages look")
                Link(to: "/site/leave", "Leave for good")
            }
        }
        routes.page("/taste") { pilot in
            .gemtext {
                Heading("How pages look")
                for setting in Taste.Setting.allCases {
                    let isOn = pilot.taste.has(setting)
                    Link(
                        to: "/site\(Self.setting(setting, isOn ? .off : .on))",
                        "\(setting.rawValue) is \(isOn ? "on" : "off"): turn it \(isOn ? "off" : "on")"
                    )
                }
                Blank()
                Rocket.example.picture(pilot.taste)
                List(Part.allCases.map(pilot.taste.name))
                Link(to: "/site/", "The hut")
            }
        }
        routes.page(Self.setting) { pilot, setting, choice in
            try await self.accounts.update(pilot.id) { $0[setting.rawValue] = choice.rawValue }
            return .redirect(to: "/site/taste")
        }
    }

    /// What flew since this device was here.
    private func news(for pilot: Pilot) async throws -> Gemtext {
        let latest = try await self.game.latestFlights(5)
        let known = try await pilot.notebook.update { notebook in
            defer { notebook.lastFlight = max(notebook.lastFlight, latest.first?.number ?? 0) }
            return notebook.lastFlight
        }
        let new = latest.filter { $0.number > known }
        return Gemtext {
            if !new.isEmpty { "Since you were here:" }
            List(new.map(\.title))
        }
    }

    private func notices(for pilot: Pilot) -> Gemtext {
        Gemtext {
            for key in self.accounts.certificates(of: pilot.account, expiringWithin: .days(30)) {
                "Your key '\(key.label)' ends on \(key.expires?.date ?? "some day"): add another one in time."
            }
            if pilot.account.certificates.count == 1, !pilot.account.hasRecoveryPhrase {
                "You have one key and no recovery phrase. If the sea takes it, the hut is gone."
            }
        }
    }
}
