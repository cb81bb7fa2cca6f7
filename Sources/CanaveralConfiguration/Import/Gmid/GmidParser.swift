/// Reads a gmid.conf, as of version 2, with what earlier versions had besides.
///
/// Macros, included files, options in any order, ends of lines or semicolons between them.
struct GmidParser {
    var reader: GmidReader
    var configuration = GmidConfiguration()

    static func configuration(ofFile file: String, at site: ImportSite) throws(ImportError) -> GmidConfiguration {
        var parser = GmidParser(reader: try GmidReader(file: file, at: site))
        try parser.parse()
        return parser.configuration
    }

    private mutating func parse() throws(ImportError) {
        while true {
            try self.reader.skipSeparators()
            guard let token = try self.reader.peek() else { return }
            guard case .word(let word) = token.kind else {
                throw .syntax(token.place, "\(token.text) is no option: write one such as 'server'")
            }
            if try self.reader.peekSecond()?.kind == .symbol("=") {
                try self.macro(word)
            } else {
                try self.reader.take()
                try self.option(word, token.place)
            }
        }
    }

    private mutating func macro(_ name: String) throws(ImportError) {
        try self.reader.take()
        try self.reader.take()
        let value = try self.reader.string(after: "\(name) =").value
        self.reader.define(name, as: value)
    }

    private mutating func option(_ word: String, _ place: SourcePlace) throws(ImportError) {
        switch word {
        case "include": try self.reader.include(try self.reader.string(after: word))
        case "chroot": try self.set(\.chroot, try self.reader.string(after: word), word)
        case "user": try self.set(\.user, try self.reader.string(after: word), word)
        case "prefork":
            try self.set(\.prefork, try self.reader.number(after: word).map { "\($0)" }, word)
        case "protocols": try self.set(\.protocols, try self.reader.string(after: word), word)
        case "ipv6": try self.set(\.ipv6, try self.reader.boolean(after: word), word)
        case "port":
            let port = try self.reader.port(after: word)
            try self.set(\.port, Located(value: port, place: place), word)
        case "log": try self.log()
        case "types": try self.types()
        case "map", "mime": try self.mapping(word, place)
        case "server":
            let server = try self.server(place)
            self.configuration.servers.append(server)
        default:
            throw .syntax(place, "'\(word)' is no option of gmid: correct it, or take it out")
        }
    }

    private mutating func set<Value>(
        _ path: WritableKeyPath<GmidConfiguration, Located<Value>?>,
        _ value: Located<Value>,
        _ option: String
    ) throws(ImportError) {
        guard self.configuration[keyPath: path] == nil else { throw self.reader.duplicate(option) }
        self.configuration[keyPath: path] = value
    }

    /// Options in braces, or a single one without.
    mutating func block(
        of option: String,
        _ parse: (inout GmidParser, String) throws(ImportError) -> Void
    ) throws(ImportError) {
        guard try self.reader.takes(symbol: "{") else {
            try parse(&self, try self.keyword(within: option))
            return
        }
        while true {
            try self.reader.skipSeparators()
            if try self.reader.takes(symbol: "}") { return }
            try parse(&self, try self.keyword(within: option))
        }
    }

    /// The name of an option.
    mutating func keyword(within block: String) throws(ImportError) -> String {
        guard let token = try self.reader.peek() else {
            throw .syntax(self.reader.place, "the file ends within '\(block)': close it with '}'")
        }
        guard case .word(let word) = token.kind else {
            throw .syntax(token.place, "\(token.text) is no option of '\(block)'")
        }
        try self.reader.take()
        return word
    }

    private mutating func log() throws(ImportError) {
        try self.block(of: "log") { parser, word throws(ImportError) in
            let place = parser.reader.place
            switch word {
            case "access": parser.configuration.log.access = try parser.reader.string(after: word)
            case "style":
                let style = try parser.keyword(within: word)
                parser.configuration.log.style = Located(value: style, place: place)
            case "syslog":
                if try parser.reader.takes("facility") {
                    parser.configuration.log.facility = try parser.reader.string(after: "syslog facility")
                } else {
                    let isOff = try parser.reader.takes("off")
                    if !isOff { _ = try parser.reader.takes("on") }
                    parser.configuration.log.syslog = Located(value: !isOff, place: place)
                }
            default: throw .syntax(place, "'\(word)' is no option of 'log'")
            }
        }
    }
}
