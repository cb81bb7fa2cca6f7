/// gmid's configuration in this program's words (`canaveral import gmid`).
package enum GmidImport {
    /// - Parameter file: the path of a gmid.conf.
    /// - Throws: ``ImportError`` for what gmid would refuse.
    package static func configuration(
        ofFile file: String,
        at site: ImportSite
    ) throws(ImportError) -> ImportedConfiguration {
        try PeerFile.check(site.text(ofFile: file), isOf: .gmid, file: file)
        let source = try GmidParser.configuration(ofFile: file, at: site)
        guard !source.servers.isEmpty else {
            throw .file(file, reason: "has no 'server' to carry over: name another file")
        }
        for server in source.servers { try server.checkPatterns() }
        var translation = GmidTranslation(source, file: file, site: site)
        translation.translate()
        return translation.result
    }
}

/// What is known while servers and locations are translated one by one.
struct GmidTranslation {
    let source: GmidConfiguration
    let site: ImportSite
    var result: ImportedConfiguration

    init(_ source: GmidConfiguration, file: String, site: ImportSite) {
        self.source = source
        self.site = site
        self.result = ImportedConfiguration(of: "gmid's \(file)")
    }

    mutating func translate() {
        self.translateServerOptions()
        self.translateListeners()
        self.translateLog()
        self.translateTypes()
        for server in self.source.servers { self.translate(server) }
        self.result.sortLeftovers()
    }

    /// A path that gmid looks up within its chroot, as it is outside.
    func path(_ path: String) -> String {
        guard let chroot = self.source.chroot else { return self.site.absolute(path) }
        return ImportSite.path(path, in: self.site.absolute(chroot.value))
    }

    private mutating func translateServerOptions() {
        if let user = self.source.user {
            self.result.document.top.set("user", to: user.value, from: "user, \(user.place.short)")
            if self.source.chroot == nil {
                self.result.remark(
                    "gmid 2 without 'chroot' goes to the home folder of \(user.value): if roots were meant to be beneath it, say so in 'chroot' and 'root'."
                )
            }
        }
        if let chroot = self.source.chroot {
            self.result.document.top.set(
                "chroot",
                to: self.site.absolute(chroot.value),
                from: "chroot, \(chroot.place.short); the paths in this file are those outside of it"
            )
        }
        if let prefork = self.source.prefork {
            self.result.remark(
                "prefork \(prefork.value) (\(prefork.place.short)) is not needed: one process uses all cores."
            )
        }
        if let protocols = self.source.protocols { self.leaveIfModernOnly(protocols) }
    }

    /// TLS 1.2 and 1.3 are what there is.
    mutating func leaveIfModernOnly(_ protocols: Located<String>) {
        let names = protocols.value.lowercased().split { $0 == "," || $0 == ":" }.map { $0.filter { $0 != " " } }
        guard !names.contains(where: { ["tlsv1.2", "all", "default", "secure", "legacy", "compat"].contains($0) })
        else {
            return
        }
        self.result.leave(
            "protocols \"\(protocols.value)\"",
            at: protocols.place,
            "TLS 1.2 stays beside 1.3, which Gemini asks of servers: leave it out"
        )
    }

    private mutating func translateListeners() {
        var plan = ListenerPlan()
        let port = self.source.port?.value ?? 1965
        for server in self.source.servers {
            for listen in server.listens {
                let hosts = listen.value.address == "*" ? ListenerPlan.everywhere : [listen.value.address]
                for host in hosts {
                    plan.add(
                        .init(
                            address: ListenerPlan.address(host, port: listen.value.port ?? port),
                            proxyProtocol: listen.value.expectsProxyHeader ? .required : .off,
                            origin: "listen on, \(listen.place.short)",
                            place: listen.place
                        )
                    )
                }
            }
            guard server.listens.isEmpty else { continue }
            let hosts = self.source.ipv6?.value == false ? ["0.0.0.0"] : ListenerPlan.everywhere
            for host in hosts {
                plan.add(.init(address: ListenerPlan.address(host, port: port), origin: "gmid's default"))
            }
        }
        self.result.listen(plan) { "listen on \($0)" }
        self.leaveListenersOfSomeServers()
    }

    /// Here every host answers at every listener.
    private mutating func leaveListenersOfSomeServers() {
        func addresses(_ server: GmidServer) -> Set<String> {
            Set(server.listens.map { "\($0.value.address) \($0.value.port ?? 1965)" })
        }
        guard let first = self.source.servers.first.map(addresses),
            let other = self.source.servers.first(where: { addresses($0) != first })
        else { return }
        self.result.leave(
            "listen on",
            at: other.listens.first?.place ?? other.name.place,
            "every host answers at every listener here: run a second canaveral where a host must not be reached at an address"
        )
    }
}
