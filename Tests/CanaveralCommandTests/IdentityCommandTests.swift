import Foundation
import GeminiTLS
import NIOSSL
import TestSupport
import Testing

/// `canaveral identity`, and the identities that `canaveral get` shows.
@Suite("canaveral identity")
struct IdentityCommandTests {
    /// Wants a certificate, and greets who has one.
    private static func greet(_ visit: ScriptedVisit) async throws {
        let name = try visit.certificate.map { try Self.name(of: $0) }
        try await visit.answer(name.map { "20 text/plain\r\nHello \($0)" } ?? "60 Who are you?\r\n")
    }

    private static func name(of certificate: NIOSSLCertificate) throws -> String {
        Certificate(der: try certificate.toDERBytes()).subject?.commonName ?? ""
    }

    private static func fingerprint(_ result: Site.Result) -> String {
        result.output.trimmingCharacters(in: .newlines)
    }

    @Test("An identity is made, listed, shown where it is in use, left, and removed")
    func life() async throws {
        try await withScriptedServer {
            try await Self.greet($0)
        } _: { server in
            let site = try Site()
            let empty = try await site.runAlongside(["identity", "list"])
            #expect(empty.status == .exit(0) && empty.output.isEmpty)
            #expect(empty.sentence == nil && empty.errors.contains("canaveral identity new NAME"))

            let made = try await site.runAlongside(["identity", "new", "Änne", "-D", "30", "--at", server.url("/a/")])
            #expect(made.status == .exit(0), "\(made.errors)")
            let list = try await site.runAlongside(["identity", "list"]).output
            #expect(list.contains("name:         Änne\n"))
            #expect(list.contains("fingerprint:  \(Self.fingerprint(made))\n"))
            #expect(list.contains("shown at:     \(server.url("/a/"))\n"))
            #expect(list.contains("/home/.local/share/canaveral/identities/\(Self.fingerprint(made)).key\n"))

            #expect(try await site.runAlongside(["get", server.url("/a/b")]).output == "Hello Änne")
            #expect(try await site.runAlongside(["get", server.url("/b")]).status == .exit(60))

            #expect(try await site.runAlongside(["identity", "leave", server.url("/a/")]).status == .exit(0))
            #expect(try await site.runAlongside(["get", server.url("/a/b")]).status == .exit(60))
            let again = try await site.runAlongside(["identity", "leave", server.url("/a/")])
            #expect(again.status == .exit(1) && again.sentence != nil)
            #expect(
                try await site.runAlongside(["identity", "list"]).output.contains("once shown:   \(server.url("/a/"))")
            )

            let start = String(Self.fingerprint(made).prefix(8))
            #expect(try await site.runAlongside(["identity", "use", start, server.url("/b")]).status == .exit(0))
            #expect(try await site.runAlongside(["get", server.url("/b")]).output == "Hello Änne")

            let unasked = try await site.runAlongside(["identity", "remove", "Änne"])
            #expect(unasked.status == .exit(1) && unasked.sentence?.contains("--yes") == true)
            #expect(try await site.runAlongside(["identity", "remove", "Änne", "--yes"]).status == .exit(0))
            #expect(try await site.runAlongside(["identity", "list"]).output.isEmpty)
        }
    }

    @Test("Removal is asked for at a terminal")
    func removal() async throws {
        try await withServerSlot {
            let site = try Site()
            _ = try await site.runAlongside(["identity", "new", "Bob"])
            for (answer, isRemoved) in [("\n", false), ("y\n", true)] {
                let terminal = try PseudoTerminal()
                let program = try site.start(["identity", "remove", "Bob"], on: terminal)
                try await program.says("Remove Bob and its key for good? [y/N] ")
                try terminal.type(answer)
                #expect(try await program.end() == .exit(isRemoved ? 0 : 1))
                #expect(try await site.runAlongside(["identity", "list"]).output.isEmpty == isRemoved)
            }
        }
    }

    @Test("--identity shows one for this request alone: by name, or from a PEM file")
    func named() async throws {
        try await withScriptedServer {
            try await Self.greet($0)
        } _: { server in
            let site = try Site()
            try site.folder.write(TestIdentity(commonName: "Visitor").pem, to: "visitor.pem")
            _ = try await site.runAlongside(["identity", "new", "Bob"])
            for (name, greeting) in [
                ("Bob", "Hello Bob"), ("visitor.pem", "Hello Visitor"), ("./visitor.pem", "Hello Visitor"),
            ] {
                #expect(try await site.runAlongside(["get", "--identity", name, server.url()]).output == greeting)
            }
            #expect(try await site.runAlongside(["get", server.url()]).status == .exit(60))
        }
    }

    @Test("GP-154: a certificate that was named and is not enough is not asked for again")
    func refused() async throws {
        try await withScriptedServer {
            try await $0.answer("60 Another one, please\r\n")
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            _ = try await site.runAlongside(["identity", "new", "Bob"])
            let program = try site.start(["get", "--identity", "Bob", server.url()], on: terminal)
            #expect(try await program.end() == .exit(60))
            #expect(server.requests.count == 1)
        }
    }

    @Test("GP-155: at a terminal one is made, or chosen, for the path of the page; then comes the page")
    func chosen() async throws {
        try await withScriptedServer {
            try await Self.greet($0)
        } _: { server in
            let site = try Site()
            var terminal = try PseudoTerminal()
            var program = try site.start(["get", server.url("/a")], on: terminal)
            try await program.says("Enter)? ")
            #expect(program.errors.contains("The server says: Who are you?"))
            #expect(program.errors.contains("  1  a new one"))
            #expect(program.errors.contains(server.url("/a") + " and below"))
            try terminal.type("1\n")
            try await program.says("A name for it, which servers may show to others: ")
            try terminal.type("Zoë\n")
            #expect(try await program.end() == .exit(0))
            #expect(program.errors.contains("Hello Zoë"))
            #expect(try await site.runAlongside(["get", server.url("/a/b")]).output == "Hello Zoë")

            terminal = try PseudoTerminal()
            program = try site.start(["get", server.url("/b")], on: terminal)
            try await program.says("Enter)? ")
            #expect(program.errors.contains("  1  Zoë, ") && program.errors.contains("  2  a new one"))
            try terminal.type("1\n")
            #expect(try await program.end() == .exit(0))
            #expect(program.errors.contains("Hello Zoë"))
        }
    }

    @Test("GP-155: who chooses none gets none", arguments: ["\n", "0\n", "3\n", "x\n", "\u{4}", "1\n\n"])
    func declined(_ answer: String) async throws {
        try await withScriptedServer {
            try await Self.greet($0)
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try site.start(["get", server.url()], on: terminal)
            try await program.says("Enter)? ")
            try terminal.type(answer)
            #expect(try await program.end() == .exit(60))
            #expect(server.requests.count == 1)
            #expect(try await site.runAlongside(["identity", "list"]).output.isEmpty)
        }
    }

    @Test("Identities of other programs are added, with the key in the same file or another")
    func added() async throws {
        let site = try Site()
        let identity = try TestIdentity(.ed25519, commonName: "Visitor")
        let blocks = try identity.pem.components(separatedBy: "-----BEGIN ").filter { !$0.isEmpty }
        try site.folder.write(identity.pem, to: "both.pem")
        try site.folder.write("-----BEGIN \(blocks[0])", to: "one.crt")
        try site.folder.write("-----BEGIN \(blocks[1])", to: "one.key")
        for files in [["both.pem"], ["one.crt", "one.key"]] {
            let result = try await site.run(["identity", "add"] + files)
            #expect(result.status == .exit(0), "\(result.errors)")
            #expect(try await site.run("identity", "list").output.contains("name:         Visitor\n"))
        }
    }

    @Test(
        "What cannot be done is one sentence that names it",
        arguments: [
            (["new"], 64, "<name>"), (["new", ""], 64, "needs a name"), (["new", "x", "--days", "0"], 64, "--days"),
            (["new", "x", "--at", "https://h/"], 64, "https://h/"), (["use", "nobody", "h"], 1, "nobody"),
            (["leave", "h:x"], 64, "h:x"), (["leave", "h"], 1, "gemini://h/"), (["remove", "nobody"], 1, "nobody"),
            (["add", "missing.pem"], 1, "missing.pem"), (["add", "capsule/index.gmi"], 1, "capsule/index.gmi"),
        ] as [([String], Int32, String)]
    )
    func errors(_ vector: (arguments: [String], status: Int32, text: String)) async throws {
        let result = try await Site().run(["identity"] + vector.arguments)
        #expect(result.status == .exit(vector.status))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.contains(vector.text) == true, "\(result.errors)")
    }

    @Test("No second one of a name is made")
    func secondOfName() async throws {
        let site = try Site()
        let first = Self.fingerprint(try await site.run("identity", "new", "visitor"))
        let second = try await site.run("identity", "new", "visitor")
        #expect(second.status == .exit(1) && second.output.isEmpty)
        #expect(
            second.sentence?.hasPrefix("There is an identity named visitor already (\(first)): choose another") == true,
            "\(second.errors)"
        )
        #expect(try await site.run("identity", "use", "visitor", "h").status == .exit(0))
    }

    @Test("Of two with one name, the fingerprint decides")
    func ambiguous() async throws {
        let site = try Site()
        let first = try await site.run("identity", "new", "Bob")
        try site.folder.write(TestIdentity(.p256, commonName: "Bob").pem, to: "bob.pem")
        #expect(try await site.run("identity", "add", "bob.pem").status == .exit(0))
        let result = try await site.run("identity", "use", "Bob", "h")
        #expect(result.status == .exit(1))
        #expect(result.sentence == "2 identities are called Bob: name one by its fingerprint.")
        #expect(try await site.run("identity", "use", Self.fingerprint(first), "h").status == .exit(0))
    }
}
