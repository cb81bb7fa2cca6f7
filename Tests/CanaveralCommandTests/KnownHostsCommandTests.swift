import Foundation
import TestSupport
import Testing

/// `canaveral known-hosts`
@Suite("canaveral known-hosts")
struct KnownHostsCommandTests {
    private static let key = String(repeating: "ab", count: 32)
    private static let lagrange = "example.org;1965 4102444800 \(key)\nexample.org;1966 4102444800 \(key)\n"

    @Test("Servers are taken over, listed, given to other clients, and forgotten")
    func exchange() async throws {
        try await withServerSlot {
            let site = try Site()
            let empty = try await site.runAlongside(["known-hosts", "list"])
            #expect(empty.status == .exit(0) && empty.output.isEmpty)
            #expect(empty.errors == "No server has been met yet.\n")

            let imported = try await site.runAlongside(
                ["known-hosts", "import", "lagrange", "-"],
                input: Self.lagrange
            )
            #expect(imported.status == .exit(0))
            #expect(imported.errors == "2 servers are known now from standard input.\n")
            #expect(
                try await site.runAlongside(["known-hosts", "list"]).output == """
                    example.org:1965  \(Self.key)  until 2100-01-01T00:00:00Z
                    example.org:1966  \(Self.key)  until 2100-01-01T00:00:00Z

                    """
            )
            let exported = try await site.runAlongside(["known-hosts", "export", "lagrange"])
            #expect(exported.status == .exit(0) && exported.errors.isEmpty)
            #expect(Set(exported.output.split(separator: "\n")) == Set(Self.lagrange.split(separator: "\n")))

            #expect(try await site.runAlongside(["known-hosts", "forget", "example.org"]).status == .exit(0))
            let list = try await site.runAlongside(["known-hosts", "list"]).output
            #expect(list.hasPrefix("example.org:1966 ") && list.split(separator: "\n").count == 1)
            let again = try await site.runAlongside(["known-hosts", "forget", "example.org"])
            #expect(again.status == .exit(1))
            #expect(again.sentence?.hasPrefix("example.org:1965 was not known") == true)
            #expect(try await site.runAlongside(["known-hosts", "forget", "example.org:1966"]).status == .exit(0))
        }
    }

    @Test("A file of one's choice, and a server by its address")
    func file() async throws {
        try await withServerSlot {
            let site = try Site()
            try site.folder.write("::1;1966 4102444800 \(Self.key)\n", to: "other")
            let arguments = ["--known-hosts", "known"]
            let imported = try await site.runAlongside(["known-hosts", "import", "lagrange", "other"] + arguments)
            #expect(imported.errors == "1 server is known now from other.\n")
            #expect(site.exists("known") && !site.exists("home/.local/share/canaveral/known_hosts"))
            let list = try await site.runAlongside(["known-hosts", "list"] + arguments).output
            #expect(list.hasPrefix("[::1]:1966  "), "\(list)")
            #expect(
                try await site.runAlongside(["known-hosts", "forget", "[::1]:1966"] + arguments).status == .exit(0)
            )
        }
    }

    @Test("What is not taken over is named, and ends it with 1; the rest is taken over")
    func conflicts() async throws {
        try await withServerSlot {
            let site = try Site()
            _ = try await site.runAlongside(["known-hosts", "import", "lagrange", "-"], input: Self.lagrange)
            let other = String(repeating: "cd", count: 32)
            try site.folder.write(
                "example.org;1965 4102444800 \(other)\nwhat is this?\nexample.net;1965 4102444800 \(other)\n",
                to: "other"
            )
            let result = try await site.runAlongside(["known-hosts", "import", "lagrange", "other"])
            #expect(result.status == .exit(1))
            #expect(
                result.errors == """
                    1 server is known now from other.
                    other:2: not understood, left out
                    example.org:1965: known here by another certificate
                    canaveral: Not everything in other was taken over.

                    """
            )
            let list = try await site.runAlongside(["known-hosts", "list"]).output
            #expect(list.contains("example.org:1965  \(Self.key)") && list.contains("example.net:1965  \(other)"))
        }
    }

    @Test("What was exported can be imported again", arguments: ["gmni", "go-gemini", "lagrange"])
    func roundTrip(_ form: String) async throws {
        try await withServerSlot {
            let site = try Site()
            let sha512 = String(repeating: "MEow", count: 21) + "MA=="
            let text = """
                # Known hosts of Gemini servers, version 1
                example.org:1965 known key=\(Self.key) certificate=\(Self.key) sha512=\(sha512) until=2100-01-01T00:00:00Z

                """
            try site.folder.write(text, to: "kh")
            let known = ["--known-hosts", "kh"]
            let exported = try await site.runAlongside(["known-hosts", "export", form] + known)
            #expect(exported.output.split(separator: "\n").count == 1, "\(exported)")
            let imported = try await site.runAlongside(
                ["known-hosts", "import", form, "-"] + known,
                input: exported.output
            )
            #expect(imported.errors == "1 server is known now from standard input.\n")
            #expect(imported.status == .exit(0))
            #expect(try String(contentsOfFile: site.folder.path("kh"), encoding: .utf8) == text)
        }
    }

    @Test("A hash that cannot be compared is not called another certificate")
    func incomparable() async throws {
        try await withServerSlot {
            let site = try Site()
            _ = try await site.runAlongside(["known-hosts", "import", "lagrange", "-"], input: Self.lagrange)
            let line = "example.org sha256 \(String(repeating: "cd", count: 32))\n"
            let result = try await site.runAlongside(["known-hosts", "import", "go-gemini", "-"], input: line)
            #expect(result.status == .exit(1))
            #expect(
                result.errors.contains(
                    "example.org:1965: known here by a hash that this one cannot be compared to, left as it is\n"
                )
            )
            let list = try await site.runAlongside(["known-hosts", "list"]).output
            #expect(list.contains("example.org:1965  \(Self.key)"))
        }
    }

    @Test("What another client has no place for is named")
    func omitted() async throws {
        try await withServerSlot {
            let site = try Site()
            _ = try await site.runAlongside(["known-hosts", "import", "lagrange", "-"], input: Self.lagrange)
            let result = try await site.runAlongside(["known-hosts", "export", "gmni"])
            #expect(result.status == .exit(0))
            #expect(result.output.isEmpty)
            #expect(result.errors.contains("example.org:1966: the form of gmni has no place for"))
        }
    }

    @Test(
        "What cannot be done is one sentence that names it",
        arguments: [
            (["import", "nope", "x"], 64, "'nope'"), (["import", "gmni", "missing"], 1, "missing"),
            (["forget", "a b"], 64, "a b"), (["list", "--known-hosts", "capsule"], 1, "capsule"),
        ] as [([String], Int32, String)]
    )
    func errors(_ vector: (arguments: [String], status: Int32, text: String)) async throws {
        let result = try await Site().run(["known-hosts"] + vector.arguments)
        #expect(result.status == .exit(vector.status))
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(vector.text), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
