import GeminiGateway

/// Redirects, programs and media types as locations; zones are in a file of their own.
extension MollyBrownTranslation {
    /// A folder or daemon that does something, and the paths it does it for.
    struct Area {
        var path: String
        var table: ConfigurationDocument.Table

        /// Whether all of a location's paths are in it.
        func holds(_ location: GlobPattern.Location) -> Bool {
            switch location {
            case .exact(let path), .beneath(let path): path.hasPrefix(self.path)
            case .everything, .matching: false
            }
        }
    }

    mutating func locations() throws(ImportError) -> [ConfigurationDocument.Table] {
        var locations: [ConfigurationDocument.Table] = []
        for (name, isPermanent) in [("TempRedirects", false), ("PermRedirects", true)] {
            for (key, target) in try self.settings.map(name) {
                if let redirect = self.redirect(name, key, target, isPermanent) { locations.append(redirect) }
            }
        }
        var areas: [Area] = []
        for area in try self.programAreas() where !areas.contains(where: { $0.path == area.path }) {
            areas.append(area)
        }
        for (path, socket) in try self.settings.map("SCGIPaths") {
            if !path.hasPrefix("/") {
                self.result.leave("SCGIPaths \"\(path)\"", at: socket.place, "no path begins so: put a slash in front")
            } else if areas.contains(where: { $0.path == path }) {
                self.result.leave(
                    "SCGIPaths \"\(path)\"",
                    at: socket.place,
                    "programs of CGIPaths answer there first: name one of the two"
                )
            } else {
                areas.append(self.daemonArea(path, socket))
            }
        }
        let zones = try self.zones(protecting: &areas)
        locations += areas.map(\.table)
        locations += try self.typeLocations(besides: areas, hasZones: !zones.isEmpty)
        return locations + zones
    }

    private mutating func redirect(
        _ name: String,
        _ key: String,
        _ target: Located<String>,
        _ isPermanent: Bool
    ) -> ConfigurationDocument.Table? {
        let option = "\(name) \"\(key)\""
        guard !target.value.contains("://") || target.value.hasPrefix("gemini://") else {
            self.result.leave(
                option,
                at: target.place,
                "molly-brown refuses redirects to other protocols: leave it out"
            )
            return nil
        }
        guard let pattern = MollyBrownPattern(key), let redirect = pattern.redirect(to: target.value) else {
            self.result.leave(
                option,
                at: target.place,
                "it is no regular expression here, or its target names a group that there is not: write a location with 'regex' and 'redirect'"
            )
            return nil
        }
        var location = ConfigurationDocument.Table()
        location.set("regex", to: redirect.regex, from: "\(option), \(target.place.short)")
        location.set("redirect", to: redirect.target)
        if isPermanent { location.set("permanent", to: .boolean(true)) }
        return location
    }

    private mutating func programAreas() throws(ImportError) -> [Area] {
        guard let paths = try self.settings.strings("CGIPaths") else { return [] }
        let limit = try self.settings.integer("CGITimeLimit")
        var areas: [Area] = []
        for pattern in paths.value {
            let whole = pattern.hasPrefix("/") ? self.path(pattern) : ImportSite.path(pattern, in: self.root)
            let folders = FolderPattern(whole).folders(at: self.site)
            if folders.isEmpty {
                self.result.leave(
                    "CGIPaths \"\(pattern)\"",
                    at: paths.place,
                    "there is no such folder: name each in 'cgi' of a location once there is"
                )
            }
            for folder in folders {
                guard let path = self.path(ofFolder: folder) else {
                    self.result.leave(
                        "CGIPaths \"\(folder)\"",
                        at: paths.place,
                        "it is no folder beneath DocBase, so that no request reaches it: leave it out"
                    )
                    continue
                }
                var cgi = ConfigurationDocument.Table()
                cgi.remarks.append("Programs reach their own folder alone: name what else they need in 'grant'.")
                cgi.set("directory", to: folder, from: Self.origin("CGIPaths", paths))
                cgi.set("style", to: GatewayStyle.mollyBrown.rawValue)
                if let limit { cgi.set("timeout", to: "\(limit.value)s", from: Self.origin("CGITimeLimit", limit)) }
                var table = ConfigurationDocument.Table()
                table.set("path", to: path)
                table.add("cgi", cgi)
                areas.append(Area(path: path, table: table))
            }
        }
        return areas
    }

    /// The path of the URLs that lead to a folder.
    private func path(ofFolder folder: String) -> String? {
        if folder.hasPrefix("\(self.homes)/") { return "/~\(folder.dropFirst(self.homes.utf8.count + 1))/" }
        if folder.hasPrefix("\(self.root)/") { return "\(folder.dropFirst(self.root.utf8.count))/" }
        return nil
    }

    private func daemonArea(_ path: String, _ socket: Located<String>) -> Area {
        var scgi = ConfigurationDocument.Table()
        scgi.set("address", to: "unix:\(self.path(socket.value))", from: Self.origin("SCGIPaths", socket))
        scgi.set("style", to: GatewayStyle.mollyBrown.rawValue)
        var table = ConfigurationDocument.Table()
        table.set("path", to: path)
        table.add("scgi", scgi)
        return Area(path: path, table: table)
    }

    /// A location for each override that is about more than an extension.
    private mutating func typeLocations(
        besides areas: [Area],
        hasZones: Bool
    ) throws(ImportError) -> [ConfigurationDocument.Table] {
        var locations: [ConfigurationDocument.Table] = []
        for (key, type) in try self.settings.map("MimeOverrides") {
            let ending = MollyBrownPattern(key)?.ending
            if let name = ending?.suffix, name.first == ".",
                !name.dropFirst().contains(where: { $0 == "." || $0 == "/" })
            {
                continue
            }
            let option = "MimeOverrides \"\(key)\""
            guard let ending, let dot = ending.suffix.lastIndex(of: ".") else {
                self.result.leave(
                    option,
                    at: type.place,
                    "media types go by extension: write a location with 'regex' and the extension in 'media-types'"
                )
                continue
            }
            guard !hasZones else {
                self.result.leave(
                    option,
                    at: type.place,
                    "a location for it would answer before those of CertificateZones: write one for a path where no zone is"
                )
                continue
            }
            let name = ending.suffix[ending.suffix.index(after: dot)...].lowercased()
            var location = ConfigurationDocument.Table()
            location.set(
                "regex",
                to: RegexText.exclusion(of: areas.map(\.path)) + ending.regex,
                from: "\(option), \(type.place.short)"
            )
            location.set("media-types", to: .table([ConfigurationDocument.Member(name, .string(type.value))]))
            locations.append(location)
        }
        return locations
    }
}
