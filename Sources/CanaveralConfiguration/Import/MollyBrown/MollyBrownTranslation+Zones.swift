/// Paths for those alone who show one of several certificates.
///
/// molly-brown asks for a certificate of each zone that a path is in. Here one location answers: it has to have what all of
/// them ask for. Where that cannot be told from the patterns, more is closed rather than less, and said so.
extension MollyBrownTranslation {
    private struct Zone {
        var key: String
        var location: GlobPattern.Location
        var admitted: Set<String>
        var place: SourcePlace

        /// What all its paths begin with, if it is a folder.
        var folder: String? {
            switch self.location {
            case .everything: "/"
            case .beneath(let path): path
            case .exact, .matching: nil
            }
        }

        /// Whether all paths of the other are in it, as far as can be told.
        func covers(_ other: GlobPattern.Location) -> Bool {
            guard let folder else { return self.location == other }
            switch other {
            case .everything: return folder == "/"
            case .exact(let path), .beneath(let path): return path.hasPrefix(folder)
            case .matching: return folder == "/"
            }
        }

        /// Whether no path is in both.
        func isApart(from other: GlobPattern.Location) -> Bool {
            switch (self.location, other) {
            case (.everything, _), (_, .everything), (.matching, _), (_, .matching): false
            case (.exact(let own), .exact(let path)): own != path
            case (.exact(let own), .beneath(let folder)): !own.hasPrefix(folder)
            case (.beneath(let folder), .exact(let path)): !path.hasPrefix(folder)
            case (.beneath(let own), .beneath(let folder)): !own.hasPrefix(folder) && !folder.hasPrefix(own)
            }
        }
    }

    /// Locations of the zones, with what the areas need set in those.
    mutating func zones(protecting areas: inout [Area]) throws(ImportError) -> [ConfigurationDocument.Table] {
        var zones: [Zone] = []
        for (key, fingerprints) in try self.settings.lists("CertificateZones") {
            guard let pattern = MollyBrownPattern(key) else {
                self.result.leave(
                    "CertificateZones \"\(key)\"",
                    at: fingerprints.place,
                    "it is no regular expression here: write a location with 'allow-certificates' before you start"
                )
                continue
            }
            let admitted = self.admitted(fingerprints, key)
            if let index = zones.firstIndex(where: { $0.location == pattern.location }) {
                zones[index].admitted.formIntersection(admitted)
            } else {
                let location = pattern.location
                zones.append(Zone(key: key, location: location, admitted: admitted, place: fingerprints.place))
            }
        }
        for index in areas.indices { self.protect(&areas[index], zones) }
        // What is within an area asks for its certificates, and must not show programs as files.
        return zones.filter { zone in !areas.contains { $0.holds(zone.location) } }.map {
            self.table(of: $0, among: zones, areas)
        }
    }

    private mutating func admitted(_ fingerprints: Located<[String]>, _ key: String) -> Set<String> {
        var admitted: Set<String> = []
        for fingerprint in fingerprints.value {
            let digits = fingerprint.lowercased()
            if digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) {
                admitted.insert("SHA256:\(digits)")
            } else {
                self.result.leave(
                    "CertificateZones \"\(key)\"",
                    at: fingerprints.place,
                    "'\(fingerprint)' is no SHA-256 of a certificate in hexadecimal, and admits nobody: correct it"
                )
            }
        }
        return admitted
    }

    /// Asks for certificates where programs answer.
    private mutating func protect(_ area: inout Area, _ zones: [Zone]) {
        let location = GlobPattern.Location.beneath(area.path)
        let near = zones.filter { !$0.isApart(from: location) }
        guard !near.isEmpty else { return }
        for zone in near where !zone.covers(location) {
            self.result.leave(
                "CertificateZones \"\(zone.key)\"",
                at: zone.place,
                "it may hold for a part of \(area.path), all of which asks for its certificates now: write locations for the parts"
            )
        }
        Self.admit(near.dropFirst().reduce(near[0].admitted) { $0.intersection($1.admitted) }, to: &area.table)
    }

    private mutating func table(of zone: Zone, among zones: [Zone], _ areas: [Area]) -> ConfigurationDocument.Table {
        var table = ConfigurationDocument.Table()
        let origin = "CertificateZones \"\(zone.key)\", \(zone.place.short)"
        switch zone.location {
        case .everything: table.set("path", to: "/", from: origin)
        case .beneath(let path): table.set("path", to: path, from: origin)
        case .exact(let path): table.set("exact", to: path, from: origin)
        case .matching(let regex):
            table.set("regex", to: RegexText.exclusion(of: areas.map(\.path)) + regex, from: origin)
        }
        // What is in a home is not at its path beneath the root.
        if let folder = zone.folder, folder.hasPrefix("/~") {
            table.set("root", to: ImportSite.path(String(folder.dropFirst(2)), in: self.homes))
        }
        let others = zones.filter { $0.key != zone.key && !$0.isApart(from: zone.location) }
        let covering = others.filter { $0.covers(zone.location) }
        if case .matching = zone.location {
            let crossing = others.filter { !$0.covers(zone.location) && !zone.covers($0.location) }.map {
                "\"\($0.key)\""
            }
            if !crossing.isEmpty {
                self.result.leave(
                    "CertificateZones \"\(zone.key)\"",
                    at: zone.place,
                    "it may overlap \(crossing.joined(separator: ", ")), and one location answers: see which, and list there who may see both"
                )
            }
        }
        Self.admit(covering.reduce(zone.admitted) { $0.intersection($1.admitted) }, to: &table)
        return table
    }

    private static func admit(_ fingerprints: Set<String>, to table: inout ConfigurationDocument.Table) {
        table.set("require-certificate", to: .boolean(true))
        if fingerprints.isEmpty {
            table.remove(["root", "cgi", "scgi"])
            table.set("answer", to: "61 Nobody is admitted here.")
        } else {
            table.set("allow-certificates", to: .strings(fingerprints.sorted()))
        }
    }
}
