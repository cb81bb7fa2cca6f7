import CanaveralConfiguration
import Testing

import struct Canaveral.PathExpression

@Suite("canaveral import molly-brown")
struct MollyBrownImportTests {
    private static func configuration(_ text: String) throws -> ImportedConfiguration {
        let site = MemorySite([
            "/srv/molly.conf": text,
            "/var/gemini/homes/ada/cgi-bin/": "", "/var/gemini/homes/bob/cgi-bin/": "", "/var/gemini/homes/eve/": "",
        ])
        return try MollyBrownImport.configuration(ofFile: "molly.conf", at: site.site(startedIn: "/srv"))
    }

    @Test("Real configurations", arguments: ["capsule", "zones", "defaults"])
    func golden(name: String) throws {
        let golden = Golden("molly-brown/\(name)")
        try golden.expect(Self.configuration(try golden.input()))
    }

    @Test(
        "A file that molly-brown would refuse, by line",
        arguments: [
            ("Port = 1965\nHostname = 7", "molly.conf:2: Hostname takes a string."),
            ("Port = '1965'", "molly.conf:1: Port takes a whole number."),
            ("\nPort = 70000", "molly.conf:2: Port takes a number from 0 to 65535."),
            ("DirectoryTitles = 'yes'", "molly.conf:1: DirectoryTitles takes true or false."),
            ("DirectorySort = 'Colour'", "molly.conf:1: DirectorySort takes \"Name\", \"Size\" or \"Time\"."),
            ("CGIPaths = [1]", "molly.conf:1: CGIPaths takes a list of strings."),
            ("[CertificateZones]\n'a' = 'b'", "molly.conf:2: CertificateZones takes a table of lists of strings."),
            ("TempRedirects = 1", "molly.conf:1: TempRedirects takes a table of strings."),
        ]
    )
    func refused(text: String, sentence: String) {
        let error = #expect(throws: ImportError.self) { try Self.configuration(text) }
        #expect(error?.description == sentence)
    }

    @Test("A file that is no TOML, by line")
    func noTOML() {
        let error = #expect(throws: ImportError.self) { try Self.configuration("Port = 1965\n\nHostname = \n") }
        #expect(
            error?.description == "molly.conf:3: A value is missing in front of the end of the line: write one."
        )
    }

    @Test(
        "Somebody else's file is taken for that, and not for a broken one",
        arguments: [
            (
                "chroot \"/srv\"\nserver \"a.example\" {\n  root \"/x\"\n}\n",
                "molly.conf seems to be gmid's configuration: read it with 'canaveral import gmid'."
            ),
            (
                "listen = 1\n[[host]]\nname = 'a.example'\n",
                "molly.conf seems to be a canaveral.toml already: use it with 'canaveral serve --config'."
            ),
        ]
    )
    func foreign(text: String, sentence: String) {
        let error = #expect(throws: ImportError.self) { try Self.configuration(text) }
        #expect(error?.description == sentence)
    }

    @Test(
        "Redirects lead where molly-brown leads, which replaces what it finds in the path",
        arguments: [
            // Expression, replacement, path, and where to.
            ("/old/", "/new/", "/a/old/b", "/a/new/b"),
            ("^/old/", "/new/", "/old/b", "/new/b"),
            ("^/old/$", "/new/", "/old/", "/new/"),
            ("^/old/$", "/new/", "/old/b", nil),
            ("^/(a|b)/x", "/$1/y", "/b/xyz", "/b/yyz"),
            ("^/a|^/b", "/c", "/bee", "/cee"),
            ("^/a|^/b", "/c", "/x/bee", nil),
            ("(\\d+)-(\\d+)", "$2/${1}", "/log/10-20.gmi", "/log/20/10.gmi"),
            ("^/old/", "gemini://new.example/", "/old/b", "gemini://new.example/b"),
            ("^/(?P<who>\\w+)\\.gmi$", "/~$who/", "/ada.gmi", "/~ada/"),
            ("^/x$", "/5$$ a?b", "/x", "/5%24%20a%3Fb"),
        ]
    )
    func redirects(expression: String, replacement: String, path: String, target: String?) throws {
        let imported = try Self.configuration("[TempRedirects]\n'\(expression)' = '\(replacement)'")
        let location = try #require(imported.document.top.elements("host").first?.elements("location").first)
        guard case .string(let pattern)? = location["regex"], case .string(let found)? = location["redirect"] else {
            Issue.record("no redirect")
            return
        }
        let match = try PathExpression(pattern).groups(in: path)
        var result = found
        for (number, group) in (match?.map { $0.map(String.init) ?? "" } ?? []).enumerated().reversed() {
            result = result.replacing("$\(number)", with: group)
        }
        #expect((match == nil ? nil : result) == target)
    }
}
