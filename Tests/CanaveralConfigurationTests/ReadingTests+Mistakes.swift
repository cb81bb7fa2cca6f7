import Testing

@testable import CanaveralConfiguration

/// What is taken for a setting, or put in the wrong place.
extension ReadingTests {
    @Test(
        "What other servers call a setting, and a setting in another place, lead to ours",
        arguments: [
            ("port = 1965\n", "'listen'"), ("hostname = \"a\"\n", "'name' in [[host]]"),
            ("certificate = \"a\"\n", "'certificate' in [[host]]"), ("[[location]]\n", "[[host.location]]"),
            ("[[server]]\n", "[[host]]"), ("level = \"info\"\n", "'level' in [log]"), ("docroot = \"/a\"\n", "'root'"),
        ]
    )
    func foreignNamesAtTheTop(_ text: String, _ meant: String) {
        let problems = self.problems(of: text + self.host)
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix(": There is no such setting: \(meant) was probably meant.") == true)
    }

    @Test(
        "The same in a host",
        arguments: [
            ("hostname", "'name'"), ("server_name", "'name'"), ("port", "'listen' at the top of the file"),
            ("cert", "'certificate'"), ("DocBase", "'root'"), ("auto_index", "'listing'"), ("lang", "'language'"),
            ("cgi", "[host.location.cgi]"), ("sandbox", "'sandbox' at the top of the file"),
        ]
    )
    func foreignNamesInHost(_ key: String, _ meant: String) {
        #expect(
            self.problems(of: "\(self.host)\(key) = 1\n")
                == ["4 host[0].\(key): There is no such setting: \(meant) was probably meant."]
        )
    }

    @Test("One bracket too few, and a location in front of its host")
    func brackets() {
        #expect(
            self.problems(of: "[host]\nname = \"example.org\"\nroot = \"/srv\"\n")
                == ["1 host: Write [[host]], with two brackets on each side: there can be several."]
        )
        #expect(
            self.problems(of: "[[host.location]]\npath = \"/a\"\n")
                == ["1 host: [[host.location]] belongs below the [[host]] that it is for."]
        )
    }

    @Test(
        "What is no host name, with what to write",
        arguments: [
            (
                "example.org:1965",
                "No port is taken here: write \"example.org\", and the port behind the address in 'listen' at the top of the file."
            ),
            (
                "*",
                "A star stands for one label in front of a name: write \"*.example.org\", or 'default = true' in the [[host]] that shows its certificate to everybody else."
            ),
            (
                "gemini://example.org/",
                "No address is taken here, but the name in it: write \"example.org\"."
            ),
            ("a b", "It takes a host name such as \"example.org\" or \"*.example.org\", and is 'a b'."),
        ]
    )
    func hostNames(_ name: String, _ sentence: String) {
        #expect(
            self.problems(of: "[[host]]\nname = \"\(name)\"\nroot = \"/srv\"\n") == ["2 host[0].name: \(sentence)"]
        )
    }

    @Test("A tilde is the shell's", arguments: ["~", "~/gemini"])
    func tilde(_ path: String) {
        #expect(
            self.problems(of: "[[host]]\nname = \"example.org\"\nroot = \"\(path)\"\n")
                == ["3 host[0].root: ~ is not expanded: write the whole path."]
        )
        #expect(
            self.problems(of: "log.access = \"~/x.log\"\n" + self.host)
                == ["1 log.access: ~ is not expanded: write the whole path."]
        )
    }

    @Test("Of very many unknown keys some are told, and how many there are besides")
    func manyUnknownKeys() {
        let keys = (0..<100_000).map { "zebra\($0) = 1\n" }.joined()
        let problems = self.problems(of: keys + self.host)
        #expect(problems.count == 25)
        #expect(problems.contains { $0.hasSuffix("There are 99976 more settings here that do not exist.") })
    }

    @Test("A long key is cut where it is told of", arguments: ["\u{1F680}", "a"])
    func longKey(_ character: String) {
        let key = String(repeating: character, count: 300_000)
        let problems = self.problems(of: self.host + "\"\(key)\" = 1\n")
        #expect(problems.count == 1 && problems[0].contains("There is no such setting; those of"))
        #expect(problems.allSatisfy { $0.unicodeScalars.count < 2000 && $0.contains("\(character)…\"") })
    }
}
