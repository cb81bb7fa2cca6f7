import GeminiGateway

/// FastCGI, programs and proxies.
extension GmidTranslation {
    mutating func addFastCGI(
        _ address: String,
        _ parameters: [ConfigurationDocument.Member],
        strip: Int,
        _ place: SourcePlace,
        _ root: Located<String>?,
        _ server: GmidServer,
        to location: inout ConfigurationDocument.Table
    ) {
        var table = ConfigurationDocument.Table()
        let socket = address.hasPrefix("unix:") ? "unix:\(self.path(String(address.dropFirst(5))))" : address
        table.set("address", to: socket, from: "fastcgi, \(place.short)")
        table.set("style", to: GatewayStyle.gmid.rawValue)
        if let root { table.set("document-root", to: self.path(root.value), from: "root, \(root.place.short)") }
        let variables = server.parameters.map(\.value) + parameters
        if !variables.isEmpty { table.set("environment", to: .table(Self.unique(variables)), from: "param") }
        if strip > 0 {
            self.result.leave(
                "fastcgi strip \(strip)",
                at: place,
                "SCRIPT_NAME is where the location is, and PATH_INFO what follows: see whether the daemon wants another"
            )
        }
        location.add("fastcgi", table)
    }

    /// The last value of each.
    private static func unique(_ members: [ConfigurationDocument.Member]) -> [ConfigurationDocument.Member] {
        members.enumerated().filter { index, member in
            !members[(index + 1)...].contains { $0.key == member.key }
        }.map(\.element)
    }

    /// Has a location refuse for the time being, so that what it did not show does not appear as files.
    func close(_ location: inout ConfigurationDocument.Table) {
        location.set("answer", to: "40 temporary failure", from: "until this is seen to")
    }

    /// The programs of version 1.
    mutating func programLocations(of server: GmidServer) -> [ConfigurationDocument.Table] {
        if let entrypoint = server.entrypoint {
            self.result.leave(
                "entrypoint \"\(entrypoint.value)\"",
                at: entrypoint.place,
                "no single program answers for a whole host: run it as a FastCGI or SCGI daemon, and name that in the place of the answer 40"
            )
            var location = ConfigurationDocument.Table()
            location.set("path", to: "/", from: "entrypoint, \(entrypoint.place.short)")
            self.close(&location)
            return [location]
        }
        guard let cgi = server.cgi else {
            for variable in server.environment {
                self.result.leave("env \(variable.value.key)", at: variable.place, "there is no 'cgi' that it is for")
            }
            return []
        }
        let pattern = GlobPattern(cgi.value.hasPrefix("/") || cgi.value.hasPrefix("*") ? cgi.value : "/\(cgi.value)")
        var location = ConfigurationDocument.Table()
        guard case .beneath(let path) = pattern.location, let root = server.options.root else {
            self.result.leave(
                "cgi \"\(cgi.value)\"",
                at: cgi.place,
                "programs are in a folder of their own here: move them to one, and name it in 'cgi' of a location in the place of the answer 40"
            )
            location.set("regex", to: pattern.regex, from: "cgi, \(cgi.place.short)")
            self.close(&location)
            return [location]
        }
        location.set("path", to: path, from: "cgi, \(cgi.place.short)")
        var table = ConfigurationDocument.Table()
        table.remarks.append("Programs reach their own folder alone: name what else they need in 'grant'.")
        table.set("directory", to: ImportSite.path(path, in: self.path(root.value)))
        table.set("style", to: GatewayStyle.gmid.rawValue)
        if !server.environment.isEmpty {
            table.set("environment", to: .table(Self.unique(server.environment.map(\.value))), from: "env")
        }
        location.add("cgi", table)
        return [location]
    }

    /// A location for all of a host, if the server hands all on.
    mutating func proxyLocation(of server: GmidServer) -> ConfigurationDocument.Table? {
        var own: GmidProxy?
        for proxy in server.proxies {
            if let reason = Self.reasonToIgnore(proxy, of: server) {
                self.result.leave("proxy", at: proxy.place, reason)
            } else if own == nil {
                own = proxy
            } else {
                self.result.leave(
                    "proxy",
                    at: proxy.place,
                    "gmid never comes to it, since an earlier one matches: leave it out"
                )
            }
        }
        guard let own else { return nil }
        if !server.locations.isEmpty {
            self.result.remark(
                "The locations of \(server.name.value) (\(server.name.place.short)) are left out: its proxy answers before them."
            )
        }
        var location = ConfigurationDocument.Table()
        location.set("path", to: "/", from: "proxy, \(own.place.short)")
        if let authority = own.clientAuthority {
            location.set("require-certificate", to: .boolean(true), from: "require client ca, \(authority.place.short)")
            location.set("certificate-authorities", to: .strings([self.site.absolute(authority.value)]))
        }
        if let relay = own.relay, own.usesTLS?.value != false {
            location.add("proxy", self.proxyTable(own, relay, server))
        } else {
            self.result.leave(
                "proxy",
                at: own.place,
                own.relay == nil
                    ? "it needs 'relay-to': say to whom requests are handed on, in the place of the answer 40"
                    : "the other server has to speak TLS, unlike with 'use-tls off': let it, and write a 'proxy' in the place of the answer 40"
            )
            self.close(&location)
        }
        return location
    }

    private mutating func proxyTable(
        _ proxy: GmidProxy,
        _ relay: Located<(host: String, port: Int)>,
        _ server: GmidServer
    ) -> ConfigurationDocument.Table {
        var table = ConfigurationDocument.Table()
        let address = ListenerPlan.address(relay.value.host, port: relay.value.port)
        table.set("url", to: "gemini://\(address)/", from: "relay-to, \(relay.place.short)")
        table.set("name", to: "visitor", from: "gmid hands URLs on as they are")
        if let header = proxy.sendsProxyHeader {
            table.set("header", to: "v1", from: "proxy-v1, \(header.place.short)")
        }
        if let certificate = proxy.certificate {
            table.set(
                "certificate",
                to: self.site.absolute(certificate.value),
                from: "cert, \(certificate.place.short)"
            )
        }
        if let key = proxy.key { table.set("key", to: self.site.absolute(key.value), from: "key, \(key.place.short)") }
        if let protocols = proxy.protocols { self.leaveIfModernOnly(protocols) }
        if let name = proxy.serverName, name.value != server.name.value {
            self.result.leave(
                "sni \(name.value)",
                at: name.place,
                "one name stands in the URL and in the handshake: if the other server goes by that name, write name = \"\(name.value)\""
            )
        }
        return table
    }

    /// Why a proxy is for nothing that a host here is asked for.
    private static func reasonToIgnore(_ proxy: GmidProxy, of server: GmidServer) -> String? {
        if let scheme = proxy.scheme, !GlobPattern(scheme.value).matches("gemini") {
            return "addresses of '\(scheme.value)' are not handed on: leave it out"
        }
        guard let host = proxy.host else { return nil }
        let pattern = GlobPattern(host.value)
        guard !([server.name] + server.aliases).contains(where: { pattern.matches($0.value) }) else { return nil }
        return "a host answers for its own names alone: write a [[host]] of the name '\(host.value)' with this proxy"
    }
}
