/// Servers as hosts.
extension GmidTranslation {
    mutating func translate(_ server: GmidServer) {
        var host = ConfigurationDocument.Table()
        self.addNames(of: server, to: &host)
        if let certificate = server.certificate {
            host.set("certificate", to: self.site.absolute(certificate.value), from: "cert, \(certificate.place.short)")
        }
        if let key = server.key {
            host.set("key", to: self.site.absolute(key.value), from: "key, \(key.place.short)")
        }
        if let ocsp = server.ocsp {
            self.result.leave(
                "ocsp",
                at: ocsp.place,
                "responses are not stapled here, and clients trust on first use: leave it out"
            )
        }
        self.addContent(server.options, isHost: true, to: &host)
        if let root = server.options.root {
            host.set("root", to: self.path(root.value), from: "root, \(root.place.short)")
        }
        for location in self.locations(of: server) { host.append("location", location) }
        self.result.document.top.append("host", host)
    }

    private mutating func addNames(of server: GmidServer, to host: inout ConfigurationDocument.Table) {
        let names = ([server.name] + server.aliases).filter { name in
            if Self.isHostPattern(name.value) { return true }
            self.result.leave(
                "server \"\(name.value)\"",
                at: name.place,
                "a pattern of names is '*.' and a name here: put the names that are meant into 'name' and 'aliases'"
            )
            return false
        }
        guard let first = names.first else {
            host.remarks.append("Put the names that are meant here.")
            host.set("name", to: "localhost", from: "server, \(server.name.place.short)")
            return
        }
        host.set("name", to: first.value, from: "server, \(server.name.place.short)")
        if names.count > 1 {
            host.set("aliases", to: .strings(names.dropFirst().map(\.value)), from: "alias, \(names[1].place.short)")
        }
    }

    /// Whether it is a name, or a pattern as this program has them.
    private static func isHostPattern(_ pattern: String) -> Bool {
        let name = pattern.hasPrefix("*.") ? pattern.dropFirst(2) : pattern[...]
        return !name.isEmpty && !name.contains { "*?[]\\".contains($0) }
    }

    /// Settings of files, and who may see them.
    mutating func addContent(
        _ options: GmidOptions,
        isHost: Bool,
        to table: inout ConfigurationDocument.Table
    ) {
        if let index = options.index {
            table.set("index", to: .strings([index.value]), from: "index, \(index.place.short)")
        }
        if let listing = options.listing {
            table.set("listing", to: .boolean(listing.value), from: "auto index, \(listing.place.short)")
        } else if isHost {
            table.set("listing", to: .boolean(false), from: "gmid's default")
        }
        if let language = options.language {
            table.set("language", to: language.value, from: "lang, \(language.place.short)")
        }
        if let log = options.log {
            table.set("access-log", to: .boolean(log.value), from: "log, \(log.place.short)")
        }
        if let authority = options.clientAuthority {
            table.set("require-certificate", to: .boolean(true), from: "require client ca, \(authority.place.short)")
            table.set("certificate-authorities", to: .strings([self.site.absolute(authority.value)]))
        }
        if let type = options.defaultType, type.value != "application/octet-stream" {
            self.result.leave(
                "default type \"\(type.value)\"",
                at: type.place,
                "what has no known extension is application/octet-stream: name extensions in 'media-types'"
            )
        }
    }
}
