import Canaveral
import GeminiServer
import TOML
import Testing

@testable import CanaveralConfiguration

@Suite("Reading a configuration")
struct ReadingTests {
    /// The problems of a text, as `LINE path: sentence`.
    func problems(of text: String) -> [String] {
        do {
            let (_, warnings) = try Configuration.parse(text, folder: "/etc/canaveral")
            return warnings.map(Self.line)
        } catch {
            return error.problems.map(Self.line)
        }
    }

    private static func line(_ problem: ConfigurationProblem) -> String {
        "\(problem.line.map(String.init) ?? "-") \(problem)"
    }

    let host = "[[host]]\nname = \"example.org\"\nroot = \"/srv\"\n"

    @Test(
        "A number alone is no address to listen on, and never looked up as a name",
        arguments: [
            ("\"1965\"", "1965 is a port without an address: write \"127.0.0.1:1965\""),
            ("1965", "1965 is a port without"),
            ("\":1965\"", "1965 is a port without"), ("\"99999\"", "99999 is no port: ports are numbers up to 65535"),
            ("\"127.0.0.1:65536\"", "65536 is no port"), ("\"[::1]:gemini\"", "gemini is no port"),
            ("\"localhost:+1\"", "+1 is no port"), ("\"1965:1965\"", "1965 is no address"),
            ("-1", "It takes an address"),
        ]
    )
    func numbers(_ value: String, _ expected: String) {
        for (key, text) in [
            ("listen", "listen = \(value)\n"), ("listen[0]", "listen = [\(value)]\n"),
            ("metrics.listen", "metrics = { listen = \(value) }\n"),
        ] {
            let problems = self.problems(of: text + self.host)
            #expect(problems.count == 1 && problems[0].hasPrefix("1 \(key): \(expected)"), "\(text): \(problems)")
        }
    }

    @Test("A number alone is no server to hand connections to either", arguments: ["1966", ":1966", "1966:1966"])
    func numberForBackEnd(_ text: String) {
        let problems = self.problems(of: "[[host]]\nname = \"example.org\"\npass-through = \"\(text)\"\n")
        #expect(problems.count == 1 && problems[0].hasPrefix("3 host[0].pass-through: It takes an address and port"))
    }

    @Test(
        "A public port is a port, and not that of a Unix socket",
        arguments: [
            ("127.0.0.1:1965", "0", "It takes a port from 1 to 65535"),
            ("127.0.0.1:1965", "\"1965\"", "It takes a port from 1 to 65535"),
            ("unix:/run/gemini.sock", "1965", "A Unix socket has no port"),
        ]
    )
    func publicPort(_ address: String, _ port: String, _ expected: String) {
        let text = "[[listener]]\naddress = \"\(address)\"\npublic-port = \(port)\n" + self.host
        let problems = self.problems(of: text)
        #expect(problems.count == 1 && problems[0].hasPrefix("3 listener[0].public-port: \(expected)"), "\(problems)")
    }

    @Test("The smallest file that can be")
    func smallest() throws {
        let (configuration, warnings) = try Configuration.parse(self.host, folder: "/etc")
        #expect(warnings.isEmpty)
        #expect(configuration.hosts.map(\.title) == ["example.org"])
        #expect(configuration.limits == LimitSettings())
        #expect(configuration.log == LogSettings())
    }

    @Test("An unknown key is an error, with the nearest valid one and its line")
    func unknownKeys() {
        #expect(
            self.problems(of: self.host + "langauge = \"en\"\n")
                == ["4 host[0].langauge: There is no such setting: 'language' was probably meant."]
        )
        #expect(
            self.problems(of: "[limits]\nhandshake-timout = 3\n" + self.host)
                == ["2 limits.handshake-timout: There is no such setting: 'handshake-timeout' was probably meant."]
        )
        #expect(
            self.problems(of: "[zebra]\n" + self.host).first?.hasPrefix("1 zebra: There is no such setting; ") == true
        )
        #expect(
            self.problems(
                of: self.host
                    + "[[host.location]]\npath = \"/x\"\n[host.location.cgi]\ndirectory = \"c\"\nstlye = \"gmid\"\n"
            )
                == ["8 host[0].location[0].cgi.stlye: There is no such setting: 'style' was probably meant."]
        )
    }

    @Test("Every problem is told, not the first")
    func everyProblem() {
        let text = """
            listen = 1965
            [limits]
            request-timeout = "2s"
            [[host]]
            name = "not a name"
            rate-limit = "60 per minute"
            [[host.location]]
            path = "members"
            [[host.location]]
            path = "/a"
            redirect = "/b"
            answer = "52 Gone"
            """
        #expect(self.problems(of: text).count == 6)
        #expect(self.problems(of: text).allSatisfy { $0.first?.isNumber == true })
    }

    @Test("A file that is no TOML is told with its line and column")
    func syntax() {
        #expect(
            self.problems(of: "listen = [\n\"a\"\nname = 3\n") == [
                "3 The values of a list have commas between them: write one in front of 'n', or close the list with ]."
            ]
        )
        #expect(self.problems(of: "a = \"\u{0}\"") == ["1 U+0000 cannot stand in a text: write \\u0000."])
        let error = #expect(throws: InvalidConfiguration.self) {
            try Configuration.parse("a = 1\nname = example.org", file: "x.toml")
        }
        #expect(
            error?.problems.map { $0.description(in: "x.toml") }
                == ["x.toml:2:8: 'example.org' is no value: put a text in quotes."]
        )
    }

    @Test("A problem has the line of the value that it is about, wherever that stands")
    func lines() {
        let text = """
            listen = [
                "127.0.0.1:0",

                7,
            ]
            log.formt = "json"
            rate-limit = [ "60/5m", \"""
            [[host]]
            language = "de"
            \""" ]
            limits = { request-timeout = "x" }
            host = [
                { name = "a.example", root = "/srv" },
                { nam = "b.example" },
            ]
            """
        let problems = self.problems(of: text)
        #expect(
            problems.map { $0.prefix { $0 != ":" } } == [
                "4 listen[1]", "6 log.formt", "7 rate-limit[1]", "11 limits.request-timeout", "14 host[1].nam",
                "14 host[1]",
            ],
            "\(problems)"
        )
    }

    @Test("A text with a zero byte, at which the system would cut it, names nothing")
    func zeroBytes() {
        let problems = self.problems(
            of: "user = \"a\\u0000b\"\n[[host]]\nname = \"a.example\"\nroot = \"/srv\\u0000/x\"\n"
        )
        #expect(problems.map { $0.prefix { $0 != ":" } } == ["1 user", "4 host[0].root"])
    }

    @Test("Durations and sizes, as people write them")
    func units() {
        #expect(Duration(settingText: "250ms") == .milliseconds(250))
        #expect(Duration(settingText: "2h") == .seconds(7200))
        #expect(Duration(settingText: "10") == .seconds(10))
        #expect(Duration(settingText: "ten") == nil)
        #expect(Duration(settingText: "5 parsecs") == nil)
        #expect(ByteSize.bytes(of: "10 MiB") == 10 << 20)
        #expect(ByteSize.bytes(of: "10MB") == 10_000_000)
        #expect(ByteSize.bytes(of: "512") == 512)
        #expect(ByteSize.bytes(of: "MiB") == nil)
        #expect(ByteSize.bytes(of: "99999999999999999999") == nil)
    }

    @Test("Listeners: addresses, Unix sockets, systemd's")
    func listeners() throws {
        let text = """
            listen = ["127.0.0.1:1966", "[::1]:1966", "::1", "unix:gemini.sock", "systemd:gemini"]
            [[listener]]
            address = "10.0.0.1"
            proxy-protocol = "10.0.0.0/8"
            public-port = 1966
            tls = false

            """
        let (configuration, _) = try Configuration.parse(text + self.host, folder: "/run")
        #expect(
            configuration.listeners.map(\.address.description) == [
                "127.0.0.1:1966", "[::1]:1966", "[::1]:1965", "unix:/run/gemini.sock", "systemd:gemini",
                "10.0.0.1:1965",
            ]
        )
        let last = try #require(configuration.listeners.last)
        #expect(last.proxySources == [try AddressRange(parsing: "10.0.0.0/8")] && !last.isTLS)
        #expect(last.publicPort == 1966 && configuration.listeners.dropLast().allSatisfy { $0.publicPort == nil })
    }

    @Test("What is said of a host counts for its locations, and what a location says itself for it alone")
    func inheritance() throws {
        let text = """
            language = "en"
            index = "home.gmi"
            [[host]]
            name = "example.org"
            root = "/srv"
            language = "de"
            [[host.location]]
            path = "/fr/"
            language = "fr"
            """
        let (configuration, _) = try Configuration.parse(text)
        let host = configuration.hosts[0].content.inheriting(from: configuration.content)
        let location = configuration.hosts[0].locations[0].content.inheriting(from: host)
        #expect([host.language, location.language] == ["de", "fr"])
        #expect(host.index == ["home.gmi"] && location.index == ["home.gmi"] && location.root == host.root)
    }

    @Test("Hosts that share a name, locations that share a path, two hosts that are the default")
    func overlaps() {
        let text = """
            [[host]]
            name = "example.org"
            default = true
            aliases = "www.example.org"
            root = "/a"
            [[host.location]]
            path = "/x/"
            [[host.location]]
            path = "/x"
            [[host]]
            name = "WWW.example.org."
            default = true
            root = "/b"
            """
        let problems = self.problems(of: text)
        #expect(problems.count == 3)
        #expect(problems.contains { $0.contains("www.example.org is a name of the host in line") })
        #expect(problems.contains { $0.contains("two locations") })
        #expect(problems.contains { $0.contains("default host") })
    }

    @Test("The printed defaults are the defaults, and every key is documented and read")
    func defaults() throws {
        let (printed, warnings) = try Configuration.parse(DefaultsText.text, folder: "/etc")
        #expect(warnings.isEmpty && printed.hosts.map(\.title) == ["example.org"])
        let (empty, _) = try Configuration.parse(self.host, folder: "/etc")
        #expect(printed.limits == empty.limits)
        #expect(printed.log == empty.log)
        #expect(printed.process == empty.process)
        #expect(printed.policy == empty.policy)
    }

    @Test("A file with every key is valid, and whatever it says is asked for")
    func everyKey() throws {
        let reader = ConfigurationReader(folder: "/etc")
        let configuration = Configuration.read(try TOMLTable(parsing: EveryKey.text), with: reader)
        #expect(reader.problems.filter { $0.severity == .error } == [])
        #expect(configuration.hosts.count == 1)
        func check(_ schema: TableSchema) {
            #expect(reader.asked[schema.name] == Set(schema.settings.map(\.name)), "\(schema.name)")
            for table in schema.settings.compactMap(\.tables) { check(table) }
        }
        check(Configuration.schema)
        let again = try Configuration.parse(EveryKey.text, folder: "/etc").configuration
        #expect(again.limits == configuration.limits && again.hosts.count == configuration.hosts.count)
    }
}

/// A configuration with every key that there is, made of the keys' examples.
enum EveryKey {
    static var text: String {
        var text = ""
        self.append(Configuration.schema, to: &text)
        return text
    }

    /// Locations are answered in one way each.
    private static let answers = ["redirect", "answer", "cgi", "scgi", "fastcgi", "proxy", "titan"]

    private static func append(_ schema: TableSchema, to text: inout String) {
        let keys = schema.settings.filter { $0.tables == nil && $0.name != "mode" }
        guard schema.name == "host.location" else {
            for key in keys
            where !(schema.name.hasSuffix("cgi") && key.name == "grant") && !self.isTrust(schema, key.name) {
                text += "\(key.name) = \(key.example)\n"
            }
            for table in schema.settings.compactMap(\.tables) {
                if table.name == "host.location" {
                    self.append(table, to: &text)
                } else {
                    let isList = ["host", "listener"].contains(table.name)
                    text += isList ? "[[\(table.name)]]\n" : "[\(table.name)]\n"
                    self.append(table, to: &text)
                }
            }
            return
        }
        for (number, answer) in self.answers.enumerated() {
            text += "[[host.location]]\n"
            if answer == "redirect" {
                text += "regex = \(keys.first { $0.name == "regex" }!.example)\npermanent = true\n"
            } else if answer == "answer" {
                text += "exact = \"/old.gmi\"\n"
            } else {
                text += "path = \"/\(number)/\"\n"
                for key in keys
                where !["regex", "path", "exact", "permanent"].contains(key.name) && !self.answers.contains(key.name) {
                    text += "\(key.name) = \(key.example)\n"
                }
            }
            let setting = schema.settings.first { $0.name == answer }!
            if let table = setting.tables {
                text += "[host.location.\(answer)]\n"
                self.append(table, to: &text)
            } else {
                text += "\(answer) = \(setting.example)\n"
            }
        }
    }

    /// These exclude each other.
    private static func isTrust(_ schema: TableSchema, _ key: String) -> Bool {
        schema.name == "host.location.proxy" && key == "authority"
    }
}
