import Canaveral

extension LaunchSite {
    /// What happens by itself.
    func schedule(in options: inout CapsuleOptions) {
        options.services = [
            DailyJob("supply boat", at: "06:00", environment: self.environment) {
                try await self.game.dawn()
            },
            PeriodicJob("tide and weather", every: .hours(1), environment: self.environment) {
                try await self.game.tide(self.environment.chance)
                try await self.changeWeather()
            },
        ]
    }

    private static let weather = StoreKey(space: "site", id: "weather")

    func weather() async throws -> Weather {
        try await self.store.read(Self.weather, as: Weather.self) ?? Weather(sky: .clear, wind: 6)
    }

    private func changeWeather() async throws {
        let next = try await self.weather().next(self.environment.chance)
        try await self.store.write(next, to: Self.weather)
    }
}
