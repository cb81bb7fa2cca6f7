import Foundation
import TestSupport
import Testing

@testable import CanaveralConfiguration

/// What `canaveral check` finds in folders, beside that they are there.
@Suite("Checking the folders of a configuration", .timeLimit(.minutes(10)))
struct CheckedFoldersTests {
    private static let host = "[[host]]\nname = \"localhost\"\nroot = \"root\"\n"

    private static func location(_ lines: String...) -> String {
        "[[host.location]]\n" + lines.joined(separator: "\n") + "\n"
    }

    @Test("A name of a host whose folder is missing, the name's own and that of an alias")
    func hostFolders() throws {
        let site = try ConfiguredSite(["srv/a.test/index.gmi": "", "srv/xn--caf-dma.test/index.gmi": ""])
        let text = """
            root = "srv/{host}"
            [[host]]
            name = "a.test"
            aliases = ["www.a.test", "caf\u{E9}.test"]
            [[host]]
            name = "*.b.test"
            """
        #expect(
            try site.problems(of: text) == [
                "f:1: warning: a.test: srv/www.a.test is not there, so that every page of www.a.test is 51: make it, or a symbolic link to the folder of another name."
            ]
        )
        try site.folder.link("srv/www.a.test", to: "a.test")
        #expect(try site.problems(of: text) == [])
    }

    @Test(
        "A location for whole paths whose root has nothing for them",
        arguments: [
            ("exact = \"/m\"", "/m is 51, for other/m is not there: with 'exact' the whole path is looked for"),
            ("regex = \"/m(/.*)?\"", "Nothing in other has a path that matches"), ("regex = \"/deep/.*\"", nil),
            ("exact = \"/deep/x%20y.gmi\"", nil), ("regex = \"/deep/x y.*\"", nil), ("path = \"/m\"", nil),
            ("exact = \"/deep\"", nil),
        ] as [(String, String?)]
    )
    func wholePaths(_ place: String, _ expected: String?) throws {
        let site = try ConfiguredSite(["other/deep/x y.gmi": ""])
        let problems = try site.problems(of: Self.host + Self.location(place, "root = \"other\""))
        #expect(problems.count == (expected == nil ? 0 : 1), "\(problems)")
        if let expected {
            #expect(problems.allSatisfy { $0.hasPrefix("f:6: warning: localhost, ") && $0.contains(expected) })
        }
    }

    @Test("A program that may not be run, and looks like one")
    func programs() throws {
        let site = try ConfiguredSite([
            "bin/ready": "#!/bin/sh\n", "bin/deep/forgotten": "#!/bin/sh\n", "bin/notes.txt": "text\n",
            "bin/.hidden": "#!/bin/sh\n",
        ])
        #expect(chmod(site.folder.path("bin/ready"), 0o755) == 0)
        let problems = try site.problems(of: Self.host + Self.location("path = \"/bin\"", "cgi = \"bin\""))
        #expect(
            problems == [
                "f:6: warning: localhost, path /bin: bin/deep/forgotten looks like a program, and is answered with 51, for it may not be run: 'chmod a+x bin/deep/forgotten' lets it."
            ]
        )
    }

    @Test("One mistake is told of once")
    func once() throws {
        let site = try ConfiguredSite(["root/text.gmi": "no certificate\n"])
        let name = "[[host]]\nname = \"localhost\"\n"
        for (text, expected) in [
            (name + "users = \"home/ada\"\n", "f:3: host[0].users: It needs"),
            (name + "root = 3\n", "f:3: host[0].root: It takes a path"),
            (name + "root = 3\n" + Self.location("path = \"/x\""), "f:3: host[0].root: It takes a path"),
            ("root = \"no/{host}\"\n" + name, "f:1: warning: root: no is not there, which is to hold"),
            (Self.host + "certificate = \"root/text.gmi\"\n", "f:4: localhost, certificate: "),
            (Self.host + Self.location("path = \"/x\"", "cgi = \"no\""), "f:6: localhost, path /x, cgi: "),
        ] {
            let problems = try site.problems(of: text, isSuperuser: true)
            #expect(problems.count == 1 && problems[0].hasPrefix(expected), "\(problems)")
        }
    }

    @Test("Paths in problems have no dots in them, but for '..' behind a link, which is another folder")
    func paths() throws {
        let site = try ConfiguredSite(["a/b/x": ""])
        try site.folder.link("link", to: "a/b")
        for (path, expected) in [
            ("a/../no", "no"), ("./a//b/./../no/", "a/no"), ("no/../no2/..//no3", "no3"), ("link/../no", "link/../no"),
        ] {
            let problems = try site.problems(of: "[[host]]\nname = \"localhost\"\nroot = \"\(path)\"\n")
            #expect(problems.count == 1 && problems[0].contains(": \(expected) cannot be served"), "\(problems)")
        }
        #expect(CleanPath.of("/../../x") == "/x" && CleanPath.of("/") == "/" && CleanPath.of("a/..") == "a/..")
    }

    #if !canImport(Darwin)
    @Test("What keeps the server from starting as its user is an error", .enabled(if: geteuid() == 0))
    func otherUser() throws {
        let site = try ConfiguredSite(["bin/hello": "", "ca.pem": "", "spare/x": ""])
        for name in ["", "root", "spare", "bin"] {
            #expect(chmod(site.folder.path(name), name == "" ? 0o755 : 0o700) == 0)
        }
        let top = "user = \"nobody\"\nstate-directory = \"state\"\n"
        func problems(_ text: String) throws -> [String] {
            try site.problems(of: top + text).map { String($0.prefix { $0 != "," }) }
        }
        #expect(try problems(Self.host) == ["f:5: root: root cannot be read by nobody"])
        #expect(chmod(site.folder.path("root"), 0o755) == 0)
        #expect(
            try problems(Self.host + Self.location("path = \"/x\"", "cgi = \"bin\""))
                == ["f:8: cgi: bin cannot be read by nobody"]
        )
        // It is never opened.
        #expect(
            try problems("root = \"spare\"\n" + Self.host) == ["f:3: warning: root: spare cannot be read by nobody"]
        )
        #expect(try problems("chroot = \"root\"\n" + Self.host) == ["f:2: chroot: state lies outside of root"])
    }

    @Test("A configuration outside of the root that its server is shut in", .enabled(if: geteuid() == 0))
    func outside() throws {
        let site = try ConfiguredSite(["jail/root/index.gmi": ""])
        for name in ["", "jail", "jail/root"] {
            #expect(chmod(site.folder.path(name), name == "" ? 0o700 : 0o755) == 0)
        }
        let text = """
            user = "nobody"
            chroot = "jail"
            state-directory = "jail/state"
            [[host]]
            name = "localhost"
            root = "jail/root"
            """
        #expect(
            try site.problems(of: text) == [
                "f:2: warning: chroot: canaveral.toml lies outside of jail, so that it cannot be read again while the server runs: move it there, or restart the server for every change."
            ]
        )
    }
    #endif
}
