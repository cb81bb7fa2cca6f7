import CanaveralConfiguration
import Testing

@Suite("canaveral import gmid")
struct GmidImportTests {
    private static func configuration(
        _ text: String,
        _ others: [String: String] = [:]
    ) throws -> ImportedConfiguration {
        let site = MemorySite(others.merging(["/etc/gmid.conf": text]) { $1 }).site(startedIn: "/etc")
        return try GmidImport.configuration(ofFile: "gmid.conf", at: site)
    }

    @Test(
        "Real configurations",
        arguments: ["hosts", "locations", "chroot", "proxy", "earlier", "overlaps"]
    )
    func golden(name: String) throws {
        let golden = Golden("gmid/\(name)")
        let others = [
            "/usr/share/misc/mime.types": "# of the system\ntext/plain\t\ttxt asc key\nmodel/vrml\n",
            "/etc/shed.conf": """
            server "shed.example" {
                listen on 0.0.0.0 port 1965
                listen on ::
                cert "/etc/ssl/shed.pem"
                key $keys "/shed.key"
                root "/srv/gemini/shed"
                auto index on
            }
            """,
        ]
        try golden.expect(Self.configuration(try golden.input(), others))
    }

    @Test("molly-brown's file is taken for that, and not for a broken one of gmid")
    func foreign() {
        let error = #expect(throws: ImportError.self) {
            try Self.configuration("Port = 1965\nHostname = \"a.example\"\n[TempRedirects]\n\"/a\" = \"/b\"\n")
        }
        #expect(
            error?.description
                == "gmid.conf seems to be molly-brown's configuration: read it with 'canaveral import molly-brown'."
        )
    }

    @Test(
        "A file that gmid would refuse, by line",
        arguments: [
            ("\n\nsever \"x\" {}", "gmid.conf:3: 'sever' is no option of gmid: correct it, or take it out."),
            (
                "server \"x\" {\n  rot \"/x\"\n}",
                "gmid.conf:2: 'rot' is no option of 'server': correct it, or take it out."
            ),
            ("server \"x\" {\n", "gmid.conf:1: the file ends within 'server': close it with '}'."),
            ("user \"x", "gmid.conf:1: the string that begins here does not end: close its quote."),
            ("chroot $home", "gmid.conf:1: there is no macro 'home': define it above, as in home = \"…\"."),
            ("@all", "gmid.conf:1: there is no macro 'all': define it above, as in all = \"…\"."),
            ("port 70000", "gmid.conf:1: 70000 is no port: it takes a number from 0 to 65535."),
            ("ipv6 maybe", "gmid.conf:1: 'ipv6' needs 'on' or 'off', not 'maybe'."),
            ("user a\nuser b", "gmid.conf:2: 'user' stands here a second time: leave one out."),
            ("user\nroot", "gmid.conf:1: 'user' needs a string, not the end of the line."),
            (
                "server x { block return 20 ok }",
                "gmid.conf:1: 20 is no status to block with: it takes 10 to 19 or 30 to 69."
            ),
            ("server x { block return 31 }", "gmid.conf:1: 'block return 31' needs an address to redirect to."),
            ("server x { fastcgi { strip 1 } }", "gmid.conf:1: 'fastcgi' needs a 'socket'."),
            ("types { gmi }", "gmid.conf:1: 'gmi' is no media type such as text/gemini."),
            (
                "include \"gone.conf\"",
                "gmid.conf:1: the included file gone.conf cannot be read: name a file that is there and readable, of at most 16 MiB."
            ),
            ("include \"gmid.conf\"", "gmid.conf:1: files and macros are within one another more than 16 deep."),
            ("a = \"@a\"\n@a", "gmid.conf:2: files and macros are within one another more than 16 deep."),
            ("{", "gmid.conf:1: '{' is no option: write one such as 'server'."),
            ("$ x", "gmid.conf:1: '$' needs the name of a macro behind it, or quotes around it."),
            ("# nothing", "gmid.conf has no 'server' to carry over: name another file."),
            ("user \"a\u{0}\"", "gmid.conf is no UTF-8 text: name a configuration file."),
        ]
    )
    func refused(text: String, sentence: String) {
        let error = #expect(throws: ImportError.self) { try Self.configuration(text) }
        #expect(error?.description == sentence)
    }

    @Test("Strings beside one another are one, lines go on behind a backslash, and quotes keep what is special")
    func strings() throws {
        let imported = try Self.configuration(
            """
            part = 'b c'
            server "ex" ample \\
              .org { root "/a " $part "#{;" '\\'"' ; key "/k\\
            ey"
            cert "a
            b" }
            """
        )
        let host = try #require(imported.document.top.elements("host").first)
        #expect(host["name"] == .string("example.org"))
        #expect(host["root"] == .string("/a b c#{;'\""))
        #expect(host["key"] == .string("/key"))
        #expect(host["certificate"] == .string("/etc/ab"))
    }
}
