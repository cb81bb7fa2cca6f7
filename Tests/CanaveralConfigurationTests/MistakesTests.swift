import TestSupport
import Testing

@testable import CanaveralConfiguration

/// What is written as the syntax has it, and does not what it looks like.
@Suite("Settings that cannot be meant")
struct MistakesTests {
    private func problems(_ location: String) throws -> [String] {
        try ConfiguredSite().problems(
            of: "[[host]]\nname = \"localhost\"\nroot = \"root\"\n[[host.location]]\n\(location)\n"
        )
    }

    @Test(
        "GP-076, GP-093: an answer whose text its status forbids",
        arguments: [
            ("44 slow", "44 tells the seconds to wait"), ("44 0", "44 tells"), ("44 60 s", "44 tells"), ("44 60", nil),
            ("44", nil), ("20 hello", "20 is a success, and its text a media type"), ("20 text/gemini; lang=en", nil),
            ("30", "30 is a redirect, and its text an address"), ("31 a b", "31 is a redirect"), ("30 /x", nil),
            ("52 Gone", nil), ("99 Gone", "It takes a status"), ("62 ", nil), ("10 Your name?", nil),
        ] as [(String, String?)]
    )
    func answers(_ text: String, _ expected: String?) throws {
        let problems = try self.problems("path = \"/x\"\nanswer = \"\(text)\"")
        #expect(problems.count == (expected == nil ? 0 : 1), "\(problems)")
        #expect(
            problems.allSatisfy { $0.hasPrefix("f:6: host[0].location[0].answer: \(expected ?? "")") },
            "\(problems)"
        )
    }

    @Test(
        "What stands for itself, and looks as if it stood for something",
        arguments: [
            ("path = '/a'\nredirect = '/b/$1'", "f:6: warning: host[0].location[0].redirect: '$1' to '$9' stand"),
            ("path = '/a'\nredirect = '/b/**/c'", "f:6: warning: host[0].location[0].redirect: '**' stands"),
            ("exact = '/a'\nredirect = '/b/**'", "f:6: warning: host[0].location[0].redirect: '**' stands"),
            ("path = '/a/*'\nanswer = '52'", "f:5: warning: host[0].location[0].path: A '*' is a star"),
            ("exact = '/*.gmi'\nanswer = '52'", "f:5: warning: host[0].location[0].exact: A '*' is a star"),
            ("regex = 'a/.*'\nanswer = '52'", "f:5: host[0].location[0].regex: It matches nothing"),
            ("regex = '(?:a|b)/'\nanswer = '52'", "f:5: host[0].location[0].regex: It matches nothing"),
            ("regex = '.*/a'\nanswer = '52'", nil), ("regex = '/(.*)'\nredirect = 'gemini://x/$1'", nil),
            ("path = '/a'\nredirect = '/b/**'", nil), ("path = '/a'\nredirect = '/$x'", nil),
        ] as [(String, String?)]
    )
    func literals(_ location: String, _ expected: String?) throws {
        let problems = try self.problems(location)
        #expect(problems.count == (expected == nil ? 0 : 1), "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix(expected ?? "") }, "\(problems)")
    }

    @Test(
        "Redirects without an end",
        arguments: [
            ("path = '/self/'\nredirect = '/self/**'", true), ("path = '/self'\nredirect = '/self/deeper/**'", true),
            ("path = '/self'\nredirect = '/self/index.gmi?x'", true), ("exact = '/x'\nredirect = '/%78'", true),
            ("path = '/'\nredirect = '/x/**'", true), ("path = '/self'\nredirect = '/selfish/**'", false),
            ("exact = '/x'\nredirect = '/x/'", false), ("path = '/a'\nredirect = 'gemini://other.test/a/**'", false),
            ("path = '/a'\nredirect = '/a/b/**'\n[[host.location]]\npath = '/a/b'\nroot = 'root'", false),
            ("path = '/a'\nredirect = '/a/b'\n[[host.location]]\nexact = '/a/b'\nanswer = '52'", false),
            ("path = '/a'\nredirect = '/a/b'\n[[host.location]]\nregex = '/a/b'\nanswer = '52'", false),
        ]
    )
    func loops(_ location: String, _ isLoop: Bool) throws {
        let problems = try self.problems(location)
        #expect(problems.count == (isLoop ? 1 : 0), "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("f:6: host[0].location[0].redirect: It redirects to /") })
    }

    @Test("What does nothing beside pass-through")
    func passThrough() throws {
        let text = """
            [[host]]
            name = "localhost"
            pass-through = "127.0.0.1:1966"
            root = "root"
            [[host.location]]
            path = "/x"
            answer = "52 Gone"
            """
        let problems = try ConfiguredSite().problems(of: text)
        #expect(problems.count == 2, "\(problems)")
        for (line, key) in [(4, "root"), (5, "location")] {
            #expect(problems.contains { $0.hasPrefix("f:\(line): warning: host[0].\(key): It does nothing here") })
        }
    }

    @Test(
        "What is passed through to this server itself",
        arguments: [
            ("127.0.0.1:1965", "127.0.0.1:1965", true), ("127.0.0.1:1965", "localhost:1965", true),
            ("0.0.0.0:1965", "127.0.0.1", true), ("[::]:1965", "[::1]:1965", true),
            ("[::]:1965", "127.0.0.1:1965", false),
            ("0.0.0.0:1965", "127.0.0.1:1966", false), ("127.0.0.1:1965", "127.0.0.2:1965", false),
            ("0.0.0.0:1965", "192.0.2.1:1965", false),
        ]
    )
    func passThroughLoop(_ listen: String, _ backEnd: String, _ isLoop: Bool) throws {
        let text = """
            listen = "\(listen)"
            [[host]]
            name = "astro.example"
            pass-through = "\(backEnd)"
            [[host]]
            name = "localhost"
            root = "root"
            """
        let problems = try ConfiguredSite().problems(of: text).filter { $0.contains("itself listens") }
        #expect(problems.count == (isLoop ? 1 : 0), "\(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("f:4: astro.example.pass-through: At ") }, "\(problems)")
    }

    @Test("Addresses of 'listen' and of [[listener]] add up, and are named once")
    func listeners() throws {
        let text = """
            listen = "127.0.0.1:1965"
            [[host]]
            name = "localhost"
            root = "root"
            [[listener]]
            address = "127.0.0.1:1966"
            [[listener]]
            address = "127.0.0.1:1965"
            """
        let site = try ConfiguredSite()
        #expect(try site.problems(of: text) == ["f:8: listener: 127.0.0.1:1965 is listened on twice: name it once."])
        #expect(try site.read(text.replacing("1965\"\n[", with: "1967\"\n[")).listeners.count == 3)
    }

    @Test("Settings that say the same in other lines are equal")
    func lines() throws {
        let text = "log = { format = \"json\" }\n[[host]]\nname = \"localhost\"\nroot = \"root\"\n"
        let site = try ConfiguredSite()
        let (first, second) = (try site.read(text).log, try site.read("\n\n" + text).log)
        #expect(first.lines["format"] == 1 && second.lines["format"] == 3 && first == second)
    }
}
