import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

@testable import CanaveralConfiguration

/// What `canaveral check` finds in a file and in what it points to.
@Suite("Checking a configuration", .timeLimit(.minutes(10)))
struct CheckTests {
    private func problems(of text: String, in site: ConfiguredSite, isSuperuser: Bool = false) throws -> [String] {
        try site.problems(of: text, isSuperuser: isSuperuser)
    }

    private func pem(
        _ names: [String],
        days: Int = 100,
        at moment: Timestamp = .now
    ) throws -> (certificate: String, key: String) {
        let identity = try Identity.generate(names: names, commonName: nil, days: days, at: moment)
        let begin = "-----BEGIN PRIVATE KEY-----"
        let parts = identity.pem.split(separator: begin)
        return (String(parts[0]), begin + parts[1])
    }

    @Test("A good configuration has no problems, and nothing is made")
    func good() throws {
        let site = try ConfiguredSite(["root/index.gmi": "# Home\n"])
        let text = """
            state-directory = "state"
            log = { access = "access.log" }
            listen = ["127.0.0.1:0", "unix:socket"]
            [[host]]
            name = "localhost"
            root = "root"
            """
        let file = try site.folder.write(text, to: ".canaveral.toml")
        let (configuration, problems) = try Configuration.survey(file)
        #expect(problems == [] && ConfigurationCheck(configuration, file: file, now: .now).problems() == [])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: site.folder.path).sorted() == [
                ".canaveral.toml", "root",
            ]
        )
    }

    @Test(
        "Each thing that is wrong with what a file points to, with its line",
        arguments: [
            ("root = \"no\"", "f:3: localhost: no cannot be served (No such file or directory)"),
            ("root = \"root\"\nusers = \"no/{user}/x\"", "f:4: warning: users: no is not there"),
            ("root = \"root\"\ncertificate = \"no.pem\"", "f:4: localhost, certificate: "),
            ("root = \"root\"\ncertificate = \"text.pem\"", "f:4: localhost, certificate: "),
            ("root = \"root\"\n[[host.location]]\npath = \"/x\"\nroot = \"no\"", "f:6: localhost, path /x: no cannot"),
            ("root = \"root\"\n[[host.location]]\npath = \"/x\"\ncgi = \"no\"", "f:6: localhost, path /x, cgi: "),
            (
                "root = \"root\"\n[[host.location]]\npath = \"/x\"\ntitan = { directory = \"no\", token = \"t\" }",
                "f:6: localhost, path /x: no"
            ),
            ("[[host.location]]\npath = \"/x\"", "f:3: localhost, path /x: It shows files, and nothing says which"),
            (
                "[[host.location]]\npath = \"/x\"\nroot = \"root\"\ncertificate-authorities = \"no.pem\"",
                "f:6: localhost, path /x, certificate-authorities: There is no file no.pem: check the path."
            ),
            ("", "f:1: localhost: It shows nothing"),
        ]
    )
    func hosts(_ text: String, _ expected: String) throws {
        let site = try ConfiguredSite(["text.pem": "no certificate\n"])
        let problems = try self.problems(of: "[[host]]\nname = \"localhost\"\n\(text)\n", in: site)
        #expect(problems.count == 1 && problems[0].hasPrefix(expected), "\(problems)")
    }

    @Test(
        "Each thing that is wrong at the top of a file",
        arguments: [
            ("log = { access = \"no/access.log\" }", "f:1: log.access: no/access.log cannot be written (No such file"),
            ("listen = \"unix:no/socket\"", "f:1: listen: no/socket cannot be made (No such file"),
            ("client-authorities = \"no.pem\"", "f:1: client-authorities: "),
            ("user = \"nobody-of-this-name\"", "f:1: user: "),
            ("group = \"no-group-of-this-name\"", "f:1: group: "),
            ("chroot = \"root\"", "f:1: chroot: Shut in root, the server would go on as root, which finds its way out"),
            ("listen = [\"127.0.0.1:1\", \"127.0.0.1:1\"]", "f:1: listen: 127.0.0.1:1 is listened on twice"),
            ("user = \"4294967295\"", "user: 4294967295 is no number of a user"),
            ("user = \"nobody\"\ngroup = \"+7\"", "f:2: group: +7 is no number of a user or group"),
            ("listen = [\"127.0.0.1:1970\", \"0.0.0.0:1970\"]", "f:1: listen: 0.0.0.0:1970 holds 127.0.0.1:1970, and"),
            (
                "listen = [\"[::]:1970\", \"[::1]:1970\"]",
                "f:1: listen: [::]:1970 holds [::1]:1970, and a server cannot"
            ),
            ("listen = [\"localhost:1970\", \"[::]:1970\"]", "f:1: listen: [::]:1970 holds localhost:1970, and"),
        ]
    )
    func top(_ text: String, _ expected: String) throws {
        let site = try ConfiguredSite()
        let problems = try self.problems(of: "\(text)\n[[host]]\nname = \"localhost\"\nroot = \"root\"\n", in: site)
        #expect(
            problems.contains { $0.contains(expected) } && problems.filter { !$0.contains("warning: ") }.count == 1,
            "\(problems)"
        )
    }

    @Test(
        "What may be listened on together",
        arguments: [
            "listen = [\"0.0.0.0:1970\", \"[::]:1970\"]", "listen = [\"0.0.0.0:1970\", \"127.0.0.1:1971\"]",
            "listen = [\"0.0.0.0:1970\", \"[::1]:1970\"]",
            "listen = [\"0.0.0.0:1970\", \"127.0.0.1:1970\"]\nreuse-port = true",
        ]
    )
    func together(_ text: String) throws {
        let site = try ConfiguredSite()
        #expect(try self.problems(of: "\(text)\n[[host]]\nname = \"localhost\"\nroot = \"root\"\n", in: site) == [])
    }

    @Test("A server that keeps root's group is warned of")
    func superuserGroup() throws {
        let site = try ConfiguredSite()
        let host = "[[host]]\nname = \"localhost\"\nroot = \"root\"\n"
        let expected = "f: warning: group: As nobody the server keeps root's group"
        let problems = try self.problems(of: "user = \"nobody\"\ngroup = \"0\"\n" + host, in: site)
        #expect(problems.contains { $0.hasPrefix(expected) }, "\(problems)")
        let others = try self.problems(of: "user = \"nobody\"\ngroup = \"12345\"\n" + host, in: site)
        #expect(!others.contains { $0.contains("root's group") }, "\(others)")
    }

    @Test("Certificates: of another key, expired, not valid yet, ending soon, for other names")
    func certificates() throws {
        let site = try ConfiguredSite()
        let (certificate, key) = try self.pem(["localhost"])
        try site.folder.write(certificate, to: "good.pem")
        try site.folder.write(key, to: "good.key")
        try site.folder.write(try self.pem(["localhost"]).key, to: "other.key")
        #expect(chmod(site.folder.path("good.key"), 0o600) == 0 && chmod(site.folder.path("other.key"), 0o600) == 0)
        func problems(_ certificate: String, key: String = "good.key") throws -> [String] {
            try self.problems(
                of:
                    "[[host]]\nname = \"localhost\"\nroot = \"root\"\ncertificate = \"\(certificate)\"\nkey = \"\(key)\"\n",
                in: site
            )
        }
        #expect(try problems("good.pem") == [])
        let mixed = try problems("good.pem", key: "other.key")
        #expect(mixed.count == 1 && mixed[0].hasPrefix("f:4: localhost, certificate: "), "\(mixed)")

        let now = Timestamp.now.secondsSinceEpoch
        for (name, names, days, start, expected) in [
            ("expired", ["localhost"], 10, -20, "expired at"), ("soon", ["localhost"], 10, 0, "only: renew it."),
            ("early", ["localhost"], 10, 5, "is not valid before"),
            ("names", ["example.org"], 100, 0, "is not for localhost: clients that check names will refuse it."),
        ] as [(String, [String], Int, Int64, String)] {
            let moment = Timestamp(secondsSinceEpoch: now + start * 86_400)
            let (certificate, key) = try self.pem(names, days: days, at: moment)
            try site.folder.write(certificate, to: "\(name).pem")
            try site.folder.write(key, to: "\(name).key")
            #expect(chmod(site.folder.path("\(name).key"), 0o600) == 0)
            let found = try problems("\(name).pem", key: "\(name).key")
            #expect(found.contains { $0.hasPrefix("f:4: ") && $0.contains(expected) }, "\(name): \(found)")
            // The server starts with what clients may refuse, and not with what they have to.
            let isFatal = ["expired", "early"].contains(name)
            #expect(found.allSatisfy { $0.contains("warning: ") != isFatal }, "\(name): \(found)")
        }
    }

    @Test("A folder of programs that others may write to; a configuration that a root shows")
    func exposure() throws {
        let site = try ConfiguredSite(["programs/hello": "#!/bin/sh\n"])
        #expect(
            chmod(site.folder.path("programs"), 0o777) == 0 && chmod(site.folder.path("programs/hello"), 0o755) == 0
        )
        let location = "[[host.location]]\npath = \"/x\"\ncgi = \"programs\"\n"
        let problems = try self.problems(of: "[[host]]\nname = \"localhost\"\nroot = \".\"\n" + location, in: site)
        #expect(problems.count == 3, "\(problems)")
        #expect(problems.contains { $0.contains("chmod go-w programs") })
        #expect(problems.contains { $0.contains("warning: ") && $0.contains("holds the configuration canaveral.toml") })
        #expect(problems.contains { $0.contains("warning: ") && $0.contains("holds the programs of programs") })
        #expect(chmod(site.folder.path("programs"), 0o755) == 0)
        let mended = try self.problems(of: "[[host]]\nname = \"localhost\"\nroot = \"root\"\n" + location, in: site)
        #expect(mended == [])
    }

    @Test(
        "Uploads from anybody are warned of, unless a token, a certificate or an address is asked for somewhere",
        arguments: [
            ("", "", "", true), ("", "", "token = \"t\"", false), ("", "", "require-certificate = true", false),
            ("require-certificate = true\n", "", "", false), ("", "require-certificate = true\n", "", false),
            ("", "allow-from = \"10.0.0.0/8\"\n", "", false), ("", "rate-limit = \"1/s\"\n", "delete = true", true),
        ]
    )
    func uploads(_ top: String, _ location: String, _ titan: String, _ isOpen: Bool) throws {
        let text =
            top + "[[host]]\nname = \"localhost\"\nroot = \"root\"\n"
            + "[[host.location]]\npath = \"/x\"\n\(location)titan = { \(titan) }\n"
        let problems = try self.problems(of: text, in: ConfiguredSite())
        #expect(problems.count == (isOpen ? 1 : 0), "\(problems)")
        #expect(
            problems.allSatisfy { $0.contains("warning: localhost, path /x: Anybody may upload here: set a 'token'") }
        )
    }

    @Test("What the user whom the server becomes may not read or write", .enabled(if: geteuid() == 0))
    func otherUser() throws {
        let site = try ConfiguredSite(["logs/access.log": "", "up/index.gmi": "", "keys/a.pem": ""])
        let identity = try Identity.generate(names: ["localhost"], at: .now)
        try site.folder.write(identity.pem, to: "keys/a.pem")
        for (name, mode) in [("", 0o755), ("root", 0o755), ("keys", 0o700), ("keys/a.pem", 0o600), ("logs", 0o755)] {
            #expect(chmod(site.folder.path(name), mode_t(mode)) == 0)
        }
        let text = """
            user = "nobody"
            state-directory = "keys/state"
            log = { access = "logs/access.log" }
            listen = "unix:root/socket"
            [[host]]
            name = "localhost"
            root = "root"
            certificate = "keys/a.pem"
            [[host.location]]
            path = "/up"
            titan = { directory = "up", token = "t" }
            """
        let problems = try self.problems(of: text, in: site)
        for expected in [
            "f:2: warning: state-directory: keys/state cannot be reached by nobody",
            "f:3: log.access: logs/access.log cannot be written by nobody, as whom the server runs: 'chown nobody logs/",
            "f:4: listener: root/socket cannot be made by nobody",
            "f:11: warning: titan: up cannot be written by nobody",
            "f:8: warning: certificate: keys/a.pem cannot be read again by nobody, so that a renewed certificate is not shown",
        ] {
            #expect(problems.count { $0.hasPrefix(expected) } == 1, "\(expected): \(problems)")
        }
        #expect(problems.count == 5, "\(problems)")
        for name in ["up", "root", "keys", "logs/access.log", "keys/a.pem"] {
            #expect(chown(site.folder.path(name), 65534, 65534) == 0)
        }
        #expect(try self.problems(of: text, in: site) == [])
    }

    @Test("Programs that root would run")
    func programsAsRoot() throws {
        let site = try ConfiguredSite(["programs/hello": "#!/bin/sh\n"])
        for (top, user, isTold) in [
            ("", "", true), ("user = \"nobody\"\n", "", false), ("", ", user = \"nobody\"", false),
        ] {
            let text =
                top + "[[host]]\nname = \"localhost\"\nroot = \"root\"\n"
                + "[[host.location]]\npath = \"/x\"\ncgi = { directory = \"programs\"\(user) }\n"
            let problems = try self.problems(of: text, in: site, isSuperuser: true)
            #expect(problems.contains { $0.contains("The programs in programs run as root") } == isTold, "\(problems)")
        }
    }

    @Test("A name of two hosts is told with the line of the other, one that is named twice as such")
    func names() throws {
        let site = try ConfiguredSite()
        let host = "[[host]]\nname = \"a.test\"\nroot = \"root\"\n"
        #expect(
            try self.problems(of: host + host, in: site)
                == ["f:4: host[1]: a.test is a name of the host in line 1 too: name it once."]
        )
        #expect(
            try self.problems(of: host + "aliases = \"a.test\"\n", in: site)
                == ["f:1: host[0]: a.test is named twice: name it once."]
        )
    }

    @Test("Everything at once: what is written wrong, what overlaps, and what is not there")
    func together() throws {
        let text = """
            langauge = "en"
            [[host]]
            name = "a.localhost"
            root = "no"
            certificate = "no.pem"
            [[host.location]]
            path = "/a-b/"
            [[host.location]]
            path = "/a%2Db"
            [[host]]
            name = "b.localhost"
            aliases = "A.localhost"
            root = "root"
            rate-limit = "often"
            [log]
            access = "no/access.log"
            """
        let problems = try self.problems(of: text, in: ConfiguredSite())
        for (line, part) in [
            ("f:1: ", "'language' was probably meant"), ("f:4: ", "no cannot be served"), ("f:5: ", "no.pem"),
            ("f:8: ", "two locations for path /a%2Db"),
            ("f:10: ", "a.localhost is a name of the host in line 2 too: name it once."),
            ("f:14: ", "rate-limit"), ("f:16: ", "no/access.log cannot be written"),
        ] {
            #expect(problems.contains { $0.hasPrefix(line) && $0.contains(part) }, "\(line)\(part): \(problems)")
        }
    }

    @Test("Locations that differ in their spelling only are two for one place")
    func overlaps() throws {
        let site = try ConfiguredSite()
        for (first, second, overlap) in [
            ("path = \"/x\"", "path = \"//x/\"", true), ("exact = \"/x\"", "exact = \"/%78\"", true),
            ("exact = \"/x\"", "exact = \"/x/\"", false), ("path = \"/x\"", "exact = \"/x\"", false),
            ("regex = \"/x\"", "regex = \"/x\"", true), ("path = \"/x\"", "path = \"/x/y\"", false),
        ] {
            let locations = [first, second].map { "[[host.location]]\n\($0)\nanswer = \"52 Gone\"\n" }.joined()
            let problems = try self.problems(of: "[[host]]\nname = \"localhost\"\n" + locations, in: site)
            #expect(problems.count == (overlap ? 1 : 0), "\(first) \(second): \(problems)")
        }
    }
}
