import Foundation
import TestSupport
import Testing

@testable import CanaveralConfiguration

/// Values that can be read, and mean the opposite of what is meant, or nothing.
@Suite("Values that cannot be meant", .timeLimit(.minutes(10)))
struct RefusedValuesTests {
    private static let host = "[[host]]\nname = \"localhost\"\nroot = \"root\"\n"

    private func problems(top: String = "", location: String = "") throws -> [String] {
        let text = top + (top.isEmpty ? "" : "\n") + Self.host
        return try ConfiguredSite().problems(
            of: location.isEmpty ? text : "\(text)[[host.location]]\npath = \"/n/\"\n\(location)\n"
        )
    }

    @Test(
        "A list that lets somebody in is not empty: everybody or nobody would be let in",
        arguments: [
            ("certificate-authorities = []", "certificate-authorities: The list is empty: name a file, or set 'req"),
            ("allow-certificates = []", "allow-certificates: The list is empty: name who is let in, or set 'require-"),
            ("allow-from = []", "allow-from: The list is empty: leave the setting out to let everybody in."),
            (
                "client-authorities = []",
                "client-authorities: The list is empty: name a file, or leave the setting out."
            ),
            ("listen = []", "listen: The list is empty: name an address, or leave the setting out for the usual ones"),
        ]
    )
    func emptyLists(_ setting: String, _ expected: String) throws {
        let problems = try self.problems(top: setting)
        #expect(problems.count == 1 && problems[0].hasPrefix("f:1: \(expected)"), "\(problems)")
    }

    @Test(
        "The same in a location, for uploads and for proxies, and nothing besides",
        arguments: [
            ("certificate-authorities = []\ncertificate-prompt = 'x'", "certificate-authorities: The list is empty"),
            ("allow-certificates = []", "allow-certificates: The list is empty"),
            (
                "proxy = { url = 'gemini://x.test/', fingerprints = [], trust = 'pinned' }",
                "proxy.fingerprints: The list"
            ),
            ("titan.allow-certificates = []", "titan.allow-certificates: The list is empty: name who may upload, or"),
        ]
    )
    func emptyListsOfLocation(_ setting: String, _ expected: String) throws {
        let problems = try self.problems(location: setting)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("f:6: host[0].location[0].\(expected)") }, "\(problems)")
    }

    @Test("PP-01: PROXY headers from nobody are refused, but on a Unix socket, where everybody is trusted")
    func proxies() throws {
        func problems(_ address: String) throws -> [String] {
            try self.problems(top: "[[listener]]\naddress = \"\(address)\"\nproxy-protocol = []")
        }
        let network = try problems("127.0.0.1:1965")
        #expect(
            network.count == 1
                && network[0].hasPrefix("f:3: listener[0].proxy-protocol: The list is empty, so that every connection"),
            "\(network)"
        )
        #expect(try problems("unix:socket") == [])
    }

    @Test(
        "What is no address to listen on, with what to write",
        arguments: [
            ("*:37990", #"* is no address: write "0.0.0.0:37990" and "[::]:37990" for every address."#),
            ("*", #"* is no address: write "0.0.0.0:1965" and "[::]:1965" for every address."#),
            ("::1:37990", #"An IPv6 address with a port needs brackets: write "[::1]:37990"."#),
            ("::1:1965", #"An IPv6 address with a port needs brackets: write "[::1]:1965"."#),
            (":::1965", #"An IPv6 address with a port needs brackets: write "[::]:1965"."#),
            ("300.1.1.1:1965", "300.1.1.1 is neither an IP address nor a name: write one, or 0.0.0.0 and [::] for"),
            ("box_!:1965", "box_! is neither an IP address nor a name"),
            ("eth0:1965", "eth0 is a network interface: write an IP address that it has."),
            ("enp0s31f6:1965", "enp0s31f6 is a network interface"),
            ("[::]:1965,0.0.0.0:1965", "Several addresses do not go into one text: write a list, as in ["),
            ("unix:~/s", "~ is not expanded: write the whole path."),
        ]
    )
    func addresses(_ address: String, _ expected: String) throws {
        let problems = try self.problems(top: "listen = '\(address)'")
        #expect(problems.count == 1 && problems[0].hasPrefix("f:1: listen: \(expected)"), "\(problems)")
        guard !address.hasPrefix("unix:") else { return }
        let metrics = try self.problems(top: "metrics = '\(address)'")
        #expect(metrics.count == 1 && metrics[0].hasPrefix("f:1: metrics.listen: \(expected)"), "\(metrics)")
    }

    @Test(
        "Addresses and names that can be listened on",
        arguments: [
            "localhost:1970", "box.lan:1970", "box", "127.0.0.1:1970", "[::1]:1970", "::1", "2001:db8::1",
            "[fe80::1%eth0]:1970", "fe80::1%eth0", "web1:1970", "loki:1970", "unix:a~/s",
        ]
    )
    func goodAddresses(_ address: String) throws {
        #expect(throws: Never.self) { try ListenerSettings.Address(address) }
    }

    @Test(
        "Metrics where visitors are served",
        arguments: [
            (
                "listen = '127.0.0.1:37990'\nmetrics = '127.0.0.1:37990'",
                "f:2: metrics: The server listens on 127.0.0.1:37"
            ),
            ("listen = '0.0.0.0:37990'\nmetrics = '127.0.0.1:37990'", "f:2: metrics: The server listens on 0.0.0.0:37"),
            ("listen = '[::1]:37990'\nmetrics = '[::]:37990'", "f:2: metrics: The server listens on [::1]:37990 for"),
            ("metrics = '127.0.0.1:1965'", "f:1: metrics: The server listens on 127.0.0.1:1965 for visitors: name an"),
            (
                "listen = '127.0.0.1:37990'\nmetrics = 'Localhost:37990'",
                "f:2: metrics: The server listens on 127.0.0.1"
            ),
            ("listen = '127.0.0.1:37990'\nmetrics = '127.0.0.1:37991'", nil),
            ("listen = '127.0.0.1:0'\nmetrics = '127.0.0.1:0'", nil),
        ] as [(String, String?)]
    )
    func metrics(_ top: String, _ expected: String?) throws {
        let problems = try self.problems(top: top)
        #expect(problems.count == (expected == nil ? 0 : 1), "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix(expected ?? "") }, "\(problems)")
    }

    @Test(
        "Empty texts",
        arguments: [
            ("redirect = ''", "redirect: It is empty: write something, or leave the setting out."),
            ("titan.token = ''", "titan.token: It is empty: write something, or leave the setting out."),
            ("root = ''", "root: It is empty: write a path, or leave the setting out."),
        ]
    )
    func emptyTexts(_ setting: String, _ expected: String) throws {
        let problems = try self.problems(location: setting)
        #expect(problems == ["f:6: host[0].location[0].\(expected)"])
    }

    @Test(
        "Limits and variables of programs",
        arguments: [
            ("memory = '1 KiB'", "memory: It takes a size of at least 1 MiB such as"),
            ("memory = 1048575", "memory: It takes a size of at least 1 MiB such as"),
            ("output = 0", "output: It takes a size of at least 1 KiB such as"),
            ("environment = { 'A B' = 'c' }", "environment: 'A B' is no name of a variable"),
            ("environment = { 1A = 'c' }", "environment: '1A' is no name of a variable"),
            ("environment = { '' = 'c' }", "environment: '' is no name of a variable"),
            ("environment = { 'A=B' = 'c' }", "environment: 'A=B' is no name of a variable"),
            ("environment = { GEMINI_URL = 'x' }", "environment: GEMINI_URL is a variable that the server sets for"),
            ("memory = '1 MiB'", nil), ("environment = { TZ = '', _a1 = 'b', PATH = '/bin' }", nil),
            ("style = 'molly-brown'\nenvironment = { GEMINI_URL = 'x' }", nil),
        ] as [(String, String?)]
    )
    func programs(_ setting: String, _ expected: String?) throws {
        let site = try ConfiguredSite()
        try site.folder.makeFolder("cgi")
        let problems = try site.problems(
            of: "\(Self.host)[[host.location]]\npath = '/x'\n[host.location.cgi]\ndirectory = 'cgi'\n\(setting)\n"
        )
        #expect(problems.count == (expected == nil ? 0 : 1), "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("f:8: host[0].location[0].cgi.\(expected ?? "")") }, "\(problems)")
    }

    @Test("An origin that an authority vouches for, and none is named: one problem")
    func authority() throws {
        let problems = try self.problems(location: "proxy = { url = 'gemini://x.test/', trust = 'authority' }")
        #expect(
            problems == [
                "f:6: host[0].location[0].proxy.trust: 'trust = \"authority\"' and 'authority' need each other."
            ]
        )
    }

    @Test("Two default hosts are both named, with their lines")
    func defaults() throws {
        let hosts = ["a", "b"].map { "[[host]]\nname = '\($0).localhost'\ndefault = true\nroot = 'root'\n" }.joined()
        #expect(
            try ConfiguredSite().problems(of: hosts) == [
                "f:7: host[1].default: a.localhost (line 3) and b.localhost (line 7) are both the default host: one can be."
            ]
        )
    }

    @Test(
        "Folders of the system are warned of",
        arguments: [("/", true), ("/etc", true), ("/usr/../etc/", true), ("/proc/self", true), ("/srv", false)]
    )
    func system(_ path: String, _ isOfSystem: Bool) throws {
        let text = "[[host]]\nname = \"localhost\"\nroot = \"\(path)\"\n"
        let found = try ConfiguredSite().problems(of: text).filter { $0.contains("belongs to the system") }
        #expect(found.count == (isOfSystem ? 1 : 0), "\(found)")
        #expect(found.allSatisfy { $0.hasPrefix("f:3: warning: root: /") }, "\(found)")
    }

    @Test("What stands for nothing in a root", arguments: ["{hostname}", "$HOME", "${USER}", "$USER"])
    func placeholders(_ placeholder: String) throws {
        let site = try ConfiguredSite()
        let text = "[[host]]\nname = \"localhost\"\nroot = \"\(placeholder)/x\"\n"
        #expect(
            try site.problems(of: text) == [
                "f:3: localhost: \(placeholder)/x is not there, and \(placeholder) stands for nothing but itself: write the whole path, with {host} in a 'root' for the name of the host."
            ]
        )
        try site.folder.makeFolder("\(placeholder)/x")
        #expect(try site.problems(of: text) == [])
    }

    @Test(
        "A redirect to a host without its scheme",
        arguments: [
            ("example.com", "gemini://example.com/"), ("www.example.com/x", "gemini://www.example.com/"),
            ("example.com:1966", "gemini://example.com:1966/"), ("new.gmi", nil), ("a/b.c", nil), ("/example.com", nil),
            ("gemini://example.com", nil), ("mailto:a@b.example", nil), ("../x", nil), ("./example.com", nil),
            ("notes.2024.txt", nil),
        ] as [(String, String?)]
    )
    func redirects(_ target: String, _ meant: String?) throws {
        let problems = try self.problems(location: "redirect = '\(target)'")
        #expect(problems.count == (meant == nil ? 0 : 1), "\(problems)")
        let beginning = "f:6: warning: host[0].location[0].redirect: It is a path relative to the one that is asked for"
        #expect(problems.allSatisfy { $0.hasPrefix(beginning) && $0.contains("\"\(meant ?? "")\"") }, "\(problems)")
    }
}
