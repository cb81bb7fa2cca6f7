import Foundation
import GeminiTLS
import TestSupport
import Testing

@testable import CanaveralConfiguration

/// One run tells everything: no mistake hides another, and each has the line of its own setting.
@Suite("Several mistakes at once", .timeLimit(.minutes(10)))
struct SeveralProblemsTests {
    private static let host = "[[host]]\nname = \"localhost\"\nroot = \"root\"\n"

    @Test("Files of authorities, each with its setting and line, and no advice for certificates of one's own")
    func authorities() throws {
        let site = try ConfiguredSite(["ca/empty.txt": "", "x.key": "no certificate\n", "blank.pem": ""])
        let text = """
            client-authorities = ["no1", "no2"]
            certificate-authorities = ["no3", "blank.pem"]
            [[host]]
            name = "localhost"
            root = "root"
            certificate-authorities = ["no4", "x.key", "ca"]
            [[host]]
            name = "b.localhost"
            root = "root"
            [[host.location]]
            path = "/x"
            certificate-authorities = ["no5"]
            """
        let problems = try site.problems(of: text)
        for expected in [
            "f:1: client-authorities: There is no file no1: check the path.",
            "f:1: client-authorities: There is no file no2: check the path.",
            "f:2: certificate-authorities: There is no file no3: check the path.",
            "f:2: certificate-authorities: blank.pem is empty: put the certificates of authorities into it, or name an",
            "f:6: localhost, certificate-authorities: There is no file no4: check the path.",
            "f:6: localhost, certificate-authorities: x.key ",
            "f:6: localhost, certificate-authorities: ca is a folder",
            "f:12: b.localhost, path /x, certificate-authorities: There is no file no5: check the path.",
        ] {
            #expect(problems.count { $0.hasPrefix(expected) } == 1, "\(expected): \(problems)")
        }
        #expect(problems.count == 8, "\(problems)")
    }

    @Test("A server is not made of authorities that cannot be read")
    func noServer() throws {
        let site = try ConfiguredSite()
        for text in [
            "certificate-authorities = \"no\"\n" + Self.host, Self.host + "certificate-authorities = \"no\"\n",
            Self.host + "[[host.location]]\npath = \"/x\"\ncertificate-authorities = \"no\"\n",
            "client-authorities = \"no\"\n" + Self.host,
        ] {
            #expect(throws: InvalidConfiguration.self) { try site.make(text) }
        }
    }

    @Test("What programs need, in lines of their own", .enabled(if: geteuid() == 0))
    func programs() throws {
        let problems = try ConfiguredSite().problems(
            of: Self.host + """
                [[host.location]]
                path = "/x"
                [host.location.cgi]
                directory = "no-programs"
                user = "no-such-user"
                group = "no-such-group"
                grant = ["no-grant", "root"]
                """
        )
        for expected in [
            "f:7: localhost, path /x, cgi: The folder of programs cannot be opened",
            "f:8: localhost, path /x, cgi.user: There is no user no-such-user that programs could run as",
            "f:9: localhost, path /x, cgi.group: There is no group no-such-group that programs could run as",
        ] {
            #expect(problems.count { $0.hasPrefix(expected) } == 1, "\(expected): \(problems)")
        }
        let grant = problems.filter { $0.hasPrefix("f:10: localhost, path /x, cgi.grant: What programs are to reach") }
        #expect(grant.count <= 1 && grant.allSatisfy { $0.contains("make no-grant, or do not grant it") })
        #expect(problems.count == 3 + grant.count, "\(problems)")
    }

    @Test("Programs of somebody else, where the server itself becomes another")
    func programsOfOthers() throws {
        let site = try ConfiguredSite()
        try site.folder.makeFolder("bin")
        for (name, other) in [("user", "daemon"), ("group", "12345")] {
            let problems = try site.problems(
                of: "user = \"nobody\"\n" + Self.host + """
                    [[host.location]]
                    path = "/x"
                    [host.location.cgi]
                    directory = "bin"
                    \(name) = "\(other)"
                    """
            ).filter { !$0.contains("warning: ") && $0.contains("/x") }
            #expect(
                problems == [
                    "f:9: localhost, path /x, cgi.\(name): Programs cannot run as \(other), for the server has become nobody by then, and only root can start them as somebody else: leave it out here, or 'user' and 'group' at the top of the file."
                ]
            )
        }
    }

    @Test("Another server's authority and our certificate for it")
    func proxy() throws {
        let problems = try ConfiguredSite().problems(
            of: Self.host + """
                [[host.location]]
                path = "/x"
                [host.location.proxy]
                url = "gemini://x.test/"
                trust = "authority"
                authority = "no-ca"
                certificate = "no-certificate"
                """
        )
        #expect(
            problems == [
                "f:9: localhost, path /x, proxy.authority: There is no file no-ca: check the path.",
                "f:10: localhost, path /x, proxy.certificate: There is no file no-certificate: check the path, or have a certificate made.",
            ]
        )
    }

    @Test("Paths outside of the root, and who the server is to become", .enabled(if: geteuid() == 0))
    func root() throws {
        let site = try ConfiguredSite(["other/index.gmi": "", "jail/x": ""])
        let text = """
            chroot = "jail"
            user = "no-such-user"
            state-directory = "state"
            [[host]]
            name = "localhost"
            root = "root"
            [[host.location]]
            path = "/x"
            root = "other"
            """
        let problems = try site.problems(of: text)
        for (line, path) in [(3, "state"), (6, "root"), (9, "other")] {
            #expect(
                problems.count { $0.hasPrefix("f:\(line): chroot: \(path) lies outside of jail, which is to be") } == 1,
                "\(problems)"
            )
        }
        #expect(problems.count { $0.hasPrefix("f:2: user: There is no user no-such-user") } == 1, "\(problems)")
        #expect(problems.count == 4, "\(problems)")
    }

    @Test("A certificate that is a folder is one problem")
    func folder() throws {
        let problems = try ConfiguredSite().problems(of: Self.host + "certificate = \"root\"\n")
        #expect(problems.count == 1 && problems[0].hasPrefix("f:4: localhost, certificate: root cannot"), "\(problems)")
    }

    @Test("What cannot be written, with what to do")
    func unwritable() throws {
        let problems = try ConfiguredSite().problems(
            of: "log.access = \"no/x.log\"\nlisten = \"unix:no/s\"\n" + Self.host
        )
        let advice = "(No such file or directory): make the folder that it is to be in, or name another place."
        #expect(
            problems == [
                "f:1: log.access: no/x.log cannot be written \(advice)", "f:2: listen: no/s cannot be made \(advice)",
            ]
        )
    }

    @Test("What a start would find besides, of a file with mistakes")
    func obstacles() throws {
        let site = try ConfiguredSite()
        let text = "langauge = \"en\"\n[[host]]\nname = \"localhost\"\nroot = \"no\"\ncertificate = \"no.pem\"\n"
        let file = try site.folder.write(text, to: "canaveral.toml")
        let check = ConfigurationCheck(try Configuration.survey(file).configuration, file: file, now: .now)
        #expect(check.obstacles().map(\.line) == [5, 4])
        #expect(check.obstacles(besides: ["localhost"]).map(\.line) == [4])
    }

    @Test("A folder of keys that somebody else could change, where root is to use it", .enabled(if: geteuid() == 0))
    func state() throws {
        let site = try ConfiguredSite(["state/x": ""])
        let text = "state-directory = \"state\"\n" + Self.host
        func problems(_ owner: uid_t, _ mode: mode_t, top: String = "", isSuperuser: Bool = true) throws -> [String] {
            #expect(chmod(site.folder.path("state"), mode) == 0 && chown(site.folder.path("state"), owner, 0) == 0)
            return try site.problems(of: text + top, isSuperuser: isSuperuser)
        }
        #expect(try problems(0, 0o700) == [])
        #expect(try problems(65534, 0o700, isSuperuser: false) == [])
        let foreign = try problems(65534, 0o700)
        #expect(foreign.count == 1 && foreign[0].hasPrefix("f:1: state-directory: state belongs to another user"))
        let open = try problems(0, 0o777)
        #expect(open.count == 1 && open[0].hasPrefix("f:1: state-directory: Others may write to state"), "\(open)")
        // None is kept there.
        #expect(try problems(65534, 0o700, top: "certificate = \"no\"\n").allSatisfy { !$0.contains("state") })
    }
}
