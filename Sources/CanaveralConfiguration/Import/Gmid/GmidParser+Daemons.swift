/// `fastcgi` and `proxy`.
extension GmidParser {
    /// `fastcgi off`, `fastcgi { socket … }`, and without braces what version 1 had.
    mutating func fastCGI(_ place: SourcePlace) throws(ImportError) -> GmidOptions.FastCGI {
        if try self.reader.takes("off") { return .off }
        if try self.reader.takes("spawn") {
            _ = try self.reader.string(after: "fastcgi spawn")
            return .spawned
        }
        switch try self.reader.peek()?.kind {
        case .quoted, .value, .word("tcp"):
            return .daemon(address: try self.socket("fastcgi"), parameters: [], strip: 0)
        default: break
        }
        var address: String?
        var parameters: [ConfigurationDocument.Member] = []
        var strip = 0
        try self.block(of: "fastcgi") { parser, word throws(ImportError) in
            switch word {
            case "param": parameters.append(try parser.variable(word))
            case "socket": address = try parser.socket(word)
            case "strip": strip = try parser.reader.number(after: word).value
            default: throw .syntax(parser.reader.place, "'\(word)' is no option of 'fastcgi'")
            }
        }
        guard let address else { throw .syntax(place, "'fastcgi' needs a 'socket'") }
        return .daemon(address: address, parameters: parameters, strip: strip)
    }

    /// `"/path"`, or `tcp HOST [port PORT]`
    private mutating func socket(_ option: String) throws(ImportError) -> String {
        let isTCP = try self.reader.takes("tcp")
        let name = try self.reader.string(after: option).value
        guard isTCP else { return "unix:\(name)" }
        let port = try self.reader.takes("port") ? try self.reader.port(after: "port") : 9000
        return ListenerPlan.address(name, port: port)
    }

    /// `proxy [proto NAME] [for-host HOST [port PORT]] { … }`
    mutating func proxy(_ place: SourcePlace) throws(ImportError) -> GmidProxy {
        var proxy = GmidProxy(place: place)
        while true {
            if try self.reader.takes("proto") {
                proxy.scheme = try self.reader.string(after: "proto")
            } else if try self.reader.takes("for-host") {
                proxy.host = try self.reader.string(after: "for-host")
            } else if try self.reader.takes("port") {
                proxy.port = try self.reader.part(after: "port")
            } else {
                break
            }
        }
        try self.block(of: "proxy") { parser, word throws(ImportError) in
            let place = parser.reader.place
            switch word {
            case "cert": proxy.certificate = try parser.reader.string(after: word)
            case "key": proxy.key = try parser.reader.string(after: word)
            case "protocols": proxy.protocols = try parser.reader.string(after: word)
            case "relay-to": proxy.relay = Located(value: try parser.relay(), place: place)
            case "require": proxy.clientAuthority = try parser.clientAuthority()
            case "sni": proxy.serverName = try parser.reader.string(after: word)
            case "use-tls": proxy.usesTLS = try parser.reader.boolean(after: word)
            case "verifyname": proxy.verifiesName = try parser.reader.boolean(after: word)
            case "proxy-v1": proxy.sendsProxyHeader = Located(value: true, place: place)
            default: throw .syntax(place, "'\(word)' is no option of 'proxy': correct it, or take it out")
            }
        }
        return proxy
    }

    /// `HOST [port PORT]`, and `HOST:PORT` as version 1 had it.
    private mutating func relay() throws(ImportError) -> (host: String, port: Int) {
        let host = try self.reader.string(after: "relay-to").value
        if try self.reader.takes("port") { return (host, try self.reader.port(after: "port")) }
        if let colon = host.lastIndex(of: ":"), host.firstIndex(of: ":") == colon || host.hasPrefix("["),
            let port = UInt16(host[host.index(after: colon)...])
        {
            return (String(host[..<colon]), Int(port))
        }
        return (host, 1965)
    }
}
