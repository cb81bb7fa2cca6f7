import GeminiGateway

/// Locations.
extension GmidTranslation {
    mutating func locations(of server: GmidServer) -> [ConfigurationDocument.Table] {
        if let whole = self.proxyLocation(of: server) ?? self.entrypointLocation(of: server) { return [whole] }
        if server.cgi == nil {
            for variable in server.environment {
                self.result.leave("env \(variable.value.key)", at: variable.place, "there is no 'cgi' that it is for")
            }
        }
        self.leaveOtherAuthorities(of: server)
        var places = GmidPlace.all(of: server)
        self.settleOverlaps(&places)
        var tables: [ConfigurationDocument.Table] = []
        for place in places { tables.append(self.table(place)) }
        return tables
    }

    /// What a location asks for is asked for besides what its host asks for.
    private mutating func leaveOtherAuthorities(of server: GmidServer) {
        guard let all = server.options.clientAuthority else { return }
        for location in server.locations {
            guard let authority = location.options.clientAuthority, authority.value != all.value else { continue }
            self.result.leave(
                "require client ca",
                at: authority.place,
                "it adds to the server's here, where gmid has it replace that: take one of the two out"
            )
        }
    }

    private mutating func table(_ place: GmidPlace) -> ConfigurationDocument.Table {
        var table = ConfigurationDocument.Table()
        let origin = "location \"\(place.text)\", \(place.place.short)"
        switch place.pattern.location {
        case .everything: table.set("path", to: "/", from: origin)
        case .exact(let path): table.set("exact", to: path, from: origin)
        case .beneath(let path): table.set("path", to: path, from: origin)
        case .matching(let regex): table.set("regex", to: place.exclusion + regex, from: origin)
        }
        self.addContent(place.options, isHost: false, to: &table)
        switch place.action {
        case .files: self.addRoot(place, to: &table)
        case .block(let block): self.addAnswer(block, place, to: &table)
        case .fastCGI(let fastCGI): self.addFastCGI(fastCGI, place, to: &table)
        case .program(let cgi): self.addPrograms(cgi, place, to: &table)
        }
        return table
    }

    /// Has a location refuse for the time being, so that what it did not show does not appear as files.
    func close(_ location: inout ConfigurationDocument.Table) {
        location.set("answer", to: "40 temporary failure", from: "until this is seen to")
    }

    /// The folder that gmid looks paths up in, but for what it strips: at a location's own path, or for whole paths.
    private mutating func addRoot(_ place: GmidPlace, to table: inout ConfigurationDocument.Table) {
        guard place.options.root != nil || place.strip > 0, let root = place.root else { return }
        let folder: String?
        switch place.pattern.location {
        case .beneath(let path):
            let names = path.split(separator: "/")
            folder = place.strip <= names.count ? names.dropFirst(place.strip).joined(separator: "/") : nil
        case .everything, .exact, .matching:
            folder = place.strip == 0 ? "" : nil
        }
        if let folder {
            table.set("root", to: ImportSite.path(folder, in: self.path(root.value)), from: "root, \(root.place.short)")
        } else {
            self.result.leave(
                "strip \(place.strip)",
                at: (place.options.strip ?? place.server.options.strip)?.place,
                "a folder is shown at a path here, and \"\(place.text)\" is none that it fits: write locations with 'path' and 'root' in the place of the answer 40"
            )
            self.close(&table)
        }
    }

    private mutating func addAnswer(
        _ block: Located<GmidOptions.Block>,
        _ place: GmidPlace,
        to table: inout ConfigurationDocument.Table
    ) {
        guard let answer = place.answer(port: self.source.port?.value ?? 1965) else { return }
        let origin = "block return, \(block.place.short)"
        switch answer.translation {
        case .answer(let text):
            table.set("answer", to: text, from: origin)
        case .substitute(let text, let reason):
            self.result.leave("block return \(block.value.code) \"\(block.value.meta)\"", at: block.place, reason)
            table.set("answer", to: text, from: origin)
        case .redirect(let regex, let target, let permanent):
            if let regex {
                let from = table.settings.first { ["path", "exact", "regex"].contains($0.key) }?.origin
                table.remove(["path", "exact", "regex"])
                table.set("regex", to: place.exclusion + regex, from: from)
            }
            table.set("redirect", to: target, from: origin)
            if permanent { table.set("permanent", to: .boolean(true)) }
        case .none(let reason):
            self.result.leave("block return \(block.value.code) \"\(block.value.meta)\"", at: block.place, reason)
            self.close(&table)
        }
    }
}
