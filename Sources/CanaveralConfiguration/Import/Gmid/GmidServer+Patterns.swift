extension GmidServer {
    /// Locations of a server, and pairs of which one is a pattern, whose paths are compared.
    private static let mostLocations = 1000
    private static let mostPairs = 20_000

    /// Refuses more locations than can be compared with one another in a reasonable time.
    func checkPatterns() throws(ImportError) {
        let patterns = self.locations.filter { if case .matching = $0.paths.location { true } else { false } }
        guard self.locations.count <= Self.mostLocations, patterns.count * self.locations.count <= Self.mostPairs else {
            throw .syntax(
                self.name.place,
                "the server has \(self.locations.count) locations, \(patterns.count) of them with patterns such as \"*.gmi\", too many to find out which have paths in common: write its locations by hand"
            )
        }
    }
}
