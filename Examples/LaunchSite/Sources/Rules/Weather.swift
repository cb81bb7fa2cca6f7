/// The weather of an hour, which decides whether rockets may fly.
struct Weather: Sendable, Codable, Hashable {
    enum Sky: Int, Sendable, Codable, CaseIterable {
        case clear, hazy, cloudy, rain, storm
    }

    var sky: Sky
    /// In knots.
    var wind: Int

    static let strongestWind = 40
    static let limit = 20

    /// Whether the launch window is open.
    var isWindow: Bool {
        self.sky.rawValue < Sky.rain.rawValue && self.wind <= Self.limit
    }

    /// The weather of the hour after this one: never far from it.
    func next(_ chance: UInt64) -> Weather {
        let sky = self.sky.rawValue + Int(chance % 3) - 1
        let wind = self.wind + Int((chance >> 8) % 13) - 6
        return Weather(
            sky: Sky(rawValue: min(max(sky, 0), Sky.allCases.count - 1)) ?? .clear,
            wind: min(max(wind, 0), Self.strongestWind)
        )
    }

    var description: String {
        let sky =
            switch self.sky {
            case .clear: "A clear sky, all the way up"
            case .hazy: "Haze over the water"
            case .cloudy: "Low cloud, the colour of gulls"
            case .rain: "Rain from the sea"
            case .storm: "A storm; the windsock has left us"
            }
        let window = self.isWindow ? "The launch window is open." : "The launch window is closed."
        return "\(sky). Wind \(self.wind) knots. \(window)"
    }
}
