/// Proxies.
extension GmidTranslation {
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
