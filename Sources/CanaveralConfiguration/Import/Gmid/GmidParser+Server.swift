/// `server` and `location` blocks.
extension GmidParser {
    mutating func server(_ place: SourcePlace) throws(ImportError) -> GmidServer {
        var server = GmidServer(name: try self.reader.string(after: "server"))
        server.name.place = place
        try self.openBrace("server")
        while true {
            try self.reader.skipSeparators()
            if try self.reader.takes(symbol: "}") { return server }
            let word = try self.keyword(within: "server")
            let place = self.reader.place
            switch word {
            case "include": try self.reader.include(try self.reader.string(after: word))
            case "alias": server.aliases.append(try self.reader.string(after: word))
            case "cert": server.certificate = try self.reader.string(after: word)
            case "key": server.key = try self.reader.string(after: word)
            case "ocsp": server.ocsp = try self.reader.string(after: word)
            case "listen": server.listens.append(try self.listen(place))
            case "location": server.locations.append(try self.location(place))
            case "proxy": server.proxies.append(try self.proxy(place))
            case "cgi": server.cgi = try self.reader.string(after: word)
            case "entrypoint": server.entrypoint = try self.reader.string(after: word)
            case "env": server.environment.append(Located(value: try self.variable(word), place: place))
            case "param": server.parameters.append(Located(value: try self.variable(word), place: place))
            default: try self.option(word, place, within: "server", &server.options)
            }
        }
    }

    private mutating func openBrace(_ option: String) throws(ImportError) {
        while try self.reader.peek()?.kind == .newline { try self.reader.take() }
        try self.reader.expect(symbol: "{", after: option)
    }

    private mutating func location(_ place: SourcePlace) throws(ImportError) -> GmidLocation {
        let pattern = try self.reader.string(after: "location").value
        var location = GmidLocation(pattern: Located(value: pattern, place: place))
        try self.openBrace("location")
        while true {
            try self.reader.skipSeparators()
            if try self.reader.takes(symbol: "}") { return location }
            let word = try self.keyword(within: "location")
            if word == "include" {
                try self.reader.include(try self.reader.string(after: word))
            } else {
                try self.option(word, self.reader.place, within: "location", &location.options)
            }
        }
    }

    /// An option that servers and locations share.
    private mutating func option(
        _ word: String,
        _ place: SourcePlace,
        within block: String,
        _ options: inout GmidOptions
    ) throws(ImportError) {
        switch word {
        case "auto":
            try self.reader.expect("index", after: word)
            options.listing = Located(value: try self.reader.boolean(after: "auto index").value, place: place)
        case "block": options.block = Located(value: try self.blockReturn(), place: place)
        case "default":
            try self.reader.expect("type", after: word)
            options.defaultType = Located(value: try self.reader.string(after: "default type").value, place: place)
        case "fastcgi": options.fastCGI = Located(value: try self.fastCGI(place), place: place)
        case "index": options.index = try self.reader.string(after: word)
        case "lang": options.language = try self.reader.string(after: word)
        case "log": options.log = try self.reader.boolean(after: word)
        case "require": options.clientAuthority = try self.clientAuthority()
        case "root": options.root = try self.reader.string(after: word)
        case "strip": options.strip = try self.reader.number(after: word)
        default: throw .syntax(place, "'\(word)' is no option of '\(block)': correct it, or take it out")
        }
    }

    mutating func clientAuthority() throws(ImportError) -> Located<String> {
        try self.reader.expect("client", after: "require")
        try self.reader.expect("ca", after: "require client")
        return try self.reader.string(after: "require client ca")
    }

    /// `listen on ADDRESS [port PORT] [proxy-v1]`
    private mutating func listen(_ place: SourcePlace) throws(ImportError) -> Located<GmidServer.Listen> {
        try self.reader.expect("on", after: "listen")
        let address = try self.reader.string(after: "listen on").value
        var listen = GmidServer.Listen(address: address, port: nil, expectsProxyHeader: false)
        while true {
            if try self.reader.takes("port") {
                listen.port = try self.reader.port(after: "port")
            } else if try self.reader.takes("proxy-v1") {
                listen.expectsProxyHeader = true
            } else {
                return Located(value: listen, place: place)
            }
        }
    }

    /// `block [return CODE [META]]`
    private mutating func blockReturn() throws(ImportError) -> GmidOptions.Block {
        var block = GmidOptions.Block()
        guard try self.reader.takes("return") else { return block }
        let code = try self.reader.number(after: "block return")
        guard 10..<70 ~= code.value, !(20..<30 ~= code.value) else {
            throw .syntax(code.place, "\(code.value) is no status to block with: it takes 10 to 19 or 30 to 69")
        }
        block.code = code.value
        if let meta = try self.reader.stringIfAny() {
            block.meta = meta.value
        } else if 30..<40 ~= code.value {
            throw .syntax(code.place, "'block return \(code.value)' needs an address to redirect to")
        }
        return block
    }

    /// `NAME = VALUE`
    mutating func variable(_ option: String) throws(ImportError) -> ConfigurationDocument.Member {
        let name = try self.reader.part(after: option).value
        try self.reader.expect(symbol: "=", after: option)
        return ConfigurationDocument.Member(name, .string(try self.reader.string(after: "\(option) \(name) =").value))
    }
}
