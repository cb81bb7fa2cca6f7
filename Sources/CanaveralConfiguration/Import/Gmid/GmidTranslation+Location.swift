/// Locations.
///
/// gmid looks for each option on its own: that of the first location which matches and has it, else the server's. Here one
/// location answers, so that each gets what those that match all of its paths would give it.
extension GmidTranslation {
    /// A location, and the options that hold there.
    private struct Place {
        var pattern: GlobPattern
        var text: String
        var place: SourcePlace
        var options: GmidOptions
        /// Those of the server, for what a location here does not inherit.
        var server: GmidServer

        var fastCGI: Located<GmidOptions.FastCGI>? { self.options.fastCGI ?? self.server.options.fastCGI }
        var block: Located<GmidOptions.Block>? { self.options.block ?? self.server.options.block }
        var strip: Located<Int>? { self.options.strip ?? self.server.options.strip }
        var root: Located<String>? { self.options.root ?? self.server.options.root }
    }

    mutating func locations(of server: GmidServer) -> [ConfigurationDocument.Table] {
        if let proxied = self.proxyLocation(of: server) { return [proxied] }
        var places = self.places(of: server)
        let actsEverywhere =
            server.options.block != nil || server.options.fastCGI != nil || (server.options.strip?.value ?? 0) > 0
        if actsEverywhere, !places.contains(where: { $0.pattern.location == .everything }) {
            places.append(
                Place(
                    pattern: GlobPattern("*"),
                    text: "*",
                    place: server.name.place,
                    options: GmidOptions(),
                    server: server
                )
            )
        }
        let answersElsewhere = places.contains { $0.pattern.location == .everything && self.acts($0) }
        self.closeOverlaps(&places)
        var tables: [ConfigurationDocument.Table] = []
        for place in places { tables.append(self.table(place, needsRoot: answersElsewhere)) }
        return tables + self.programLocations(of: server)
    }

    private func acts(_ place: Place) -> Bool {
        if place.block != nil { return true }
        switch place.fastCGI?.value {
        case .daemon, .spawned: return true
        case .off, nil: return false
        }
    }

    private func places(of server: GmidServer) -> [Place] {
        let patterns = server.locations.map { GlobPattern($0.pattern.value) }
        var places: [Place] = []
        for (index, location) in server.locations.enumerated()
        where !places.contains(where: { $0.pattern == patterns[index] }) {
            let covering = server.locations.indices.filter { $0 == index || patterns[$0].covers(patterns[index]) }
            func first<Value>(_ path: KeyPath<GmidOptions, Located<Value>?>) -> Located<Value>? {
                covering.lazy.compactMap { server.locations[$0].options[keyPath: path] }.first
            }
            let options = GmidOptions(
                listing: first(\.listing),
                block: first(\.block),
                defaultType: first(\.defaultType),
                fastCGI: first(\.fastCGI),
                index: first(\.index),
                language: first(\.language),
                log: first(\.log),
                clientAuthority: first(\.clientAuthority),
                root: first(\.root),
                strip: first(\.strip)
            )
            places.append(
                Place(
                    pattern: patterns[index],
                    text: location.pattern.value,
                    place: location.pattern.place,
                    options: options,
                    server: server
                )
            )
        }
        return places
    }

    /// Asks for a certificate also where a pattern may hold that asks for one: one location answers here, and which of two
    /// patterns that overlap it is must not open what was closed.
    private mutating func closeOverlaps(_ places: inout [Place]) {
        let closed = places.filter { $0.options.clientAuthority != nil }
        for place in closed {
            guard let authority = place.options.clientAuthority else { continue }
            if let all = place.server.options.clientAuthority, all.value != authority.value {
                self.result.leave(
                    "require client ca",
                    at: authority.place,
                    "it adds to the server's here, where gmid has it replace that: take one of the two out"
                )
            }
            // A fixed answer shows nothing.
            for index in places.indices where places[index].options.clientAuthority == nil && places[index].block == nil
            {
                let other = places[index].pattern
                guard place.pattern.mayOverlap(other), !other.covers(place.pattern) else { continue }
                places[index].options.clientAuthority = authority
                self.result.leave(
                    "require client ca",
                    at: authority.place,
                    "\"\(place.text)\" may hold for a part of \"\(places[index].text)\", all of which asks for a certificate now: write locations for the parts"
                )
            }
        }
    }

    private mutating func table(_ place: Place, needsRoot: Bool) -> ConfigurationDocument.Table {
        var table = ConfigurationDocument.Table()
        let origin = "location \"\(place.text)\", \(place.place.short)"
        switch place.pattern.location {
        case .everything: table.set("path", to: "/", from: origin)
        case .exact(let path): table.set("exact", to: path, from: origin)
        case .beneath(let path): table.set("path", to: path, from: origin)
        case .matching(let regex): table.set("regex", to: regex, from: origin)
        }
        self.addContent(place.options, isHost: false, to: &table)
        if let block = place.block {
            self.addAnswer(block, place, to: &table)
        } else if let fastCGI = place.fastCGI, case .daemon(let address, let parameters, let strip) = fastCGI.value {
            self.addFastCGI(address, parameters, strip: strip, fastCGI.place, place.root, place.server, to: &table)
        } else if case .spawned? = place.fastCGI?.value {
            self.result.leave(
                "fastcgi spawn",
                at: place.fastCGI?.place,
                "daemons are not started here: start it as a service, and name its socket in 'fastcgi' in the place of the answer 40"
            )
            self.close(&table)
        } else if place.options.root != nil || (place.strip?.value ?? 0) > 0 || needsRoot {
            self.addRoot(place, to: &table)
        }
        return table
    }

    /// The folder that is shown at the location's path: gmid looks the whole path up in the root, but for what is stripped.
    private mutating func addRoot(_ place: Place, to table: inout ConfigurationDocument.Table) {
        guard let root = place.root else { return }
        let strip = place.strip?.value ?? 0
        let folder: String?
        switch place.pattern.location {
        case .everything: folder = strip == 0 ? "" : nil
        case .beneath(let path):
            let names = path.split(separator: "/")
            folder = strip <= names.count ? names.dropFirst(strip).joined(separator: "/") : nil
        case .exact, .matching: folder = nil
        }
        guard let folder else {
            guard place.options.root != nil || strip > 0 else { return }
            self.result.leave(
                strip > 0 ? "strip \(strip)" : "root \"\(root.value)\"",
                at: place.options.root?.place ?? place.strip?.place ?? place.place,
                "a folder is shown at a path here, and \"\(place.text)\" is none that it fits: write locations with the path and the folder that are meant"
            )
            return
        }
        table.set("root", to: ImportSite.path(folder, in: self.path(root.value)), from: "root, \(root.place.short)")
    }

    private mutating func addAnswer(
        _ block: Located<GmidOptions.Block>,
        _ place: Place,
        to table: inout ConfigurationDocument.Table
    ) {
        let answer = GmidAnswer(
            block.value,
            pattern: place.pattern,
            strip: place.strip?.value ?? 0,
            server: place.server.name.value,
            port: place.server.listens.first?.value.port ?? self.source.port?.value ?? 1965
        )
        let origin = "block return, \(block.place.short)"
        switch answer.translation {
        case .answer(let text):
            table.set("answer", to: text, from: origin)
        case .redirect(let regex, let target, let permanent):
            if let regex {
                let from = table.settings.first { ["path", "exact", "regex"].contains($0.key) }?.origin
                table.remove(["path", "exact", "regex"])
                table.set("regex", to: regex, from: from)
            }
            table.set("redirect", to: target, from: origin)
            if permanent { table.set("permanent", to: .boolean(true)) }
        case .none(let reason):
            self.result.leave("block return \(block.value.code) \"\(block.value.meta)\"", at: block.place, reason)
            self.close(&table)
        }
    }
}
