import Foundation
import NIOConcurrencyHelpers
import TestSupport
import Testing

/// `canaveral put --edit`
@Suite("canaveral put --edit")
struct EditingTests {
    /// Has one page to edit, and takes uploads of it.
    private final class Wiki: Sendable {
        private let kept = NIOLockedValueBox<[(request: String, content: String)]>([])
        private let answer: String

        init(answer: String = "30 gemini://localhost/saved\r\n") {
            self.answer = answer
        }

        var uploads: [(request: String, content: String)] { self.kept.withLockedValue { $0 } }

        func serve(_ visit: ScriptedVisit) async throws {
            if try await visit.request().hasSuffix(";edit") {
                try await visit.send("20 text/gemini; lang=en\r\n# Page\n")
            } else {
                let upload = try await visit.upload()
                self.kept.withLockedValue { $0.append(upload) }
                try await visit.send(self.answer)
            }
            try await visit.connection.closeOutput()
        }
    }

    /// A run with an editor that is a script, which gets the file as `$1`.
    private static func edit(
        _ url: String,
        editor script: String,
        in site: Site,
        variable: String = "EDITOR",
        _ meanwhile: (Program) async throws -> Void = { _ in }
    ) async throws -> (end: Program.End, text: String) {
        try site.folder.write("#!/bin/sh\n\(script)\n", to: "the editor")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: site.folder.path("the editor"))
        try site.folder.makeFolder("tmp")
        let program = try site.start(
            ["put", "--edit", url, "--token", "t"],
            on: PseudoTerminal(),
            environment: [variable: "'\(site.folder.path("the editor"))' -w", "TMPDIR": site.folder.path("tmp")]
        )
        try await meanwhile(program)
        return (try await program.end(), program.errors)
    }

    /// The texts that are left in files.
    private static func left(in site: Site) throws -> [String: String] {
        let folder = site.folder.path("tmp")
        var texts: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            texts["\(folder)/\(name)"] = site.content("tmp/\(name)")
        }
        return texts
    }

    @Test(
        "TI-30, TI-31: what was changed is uploaded as what it was, and no file is left",
        arguments: ["EDITOR", "VISUAL"]
    )
    func changed(_ variable: String) async throws {
        let wiki = Wiki()
        try await withScriptedServer {
            try await wiki.serve($0)
        } _: { server in
            let site = try Site()
            let result = try await Self.edit(
                server.url("/a/page.gmi"),
                editor: "test \"$1\" = -w && case \"$2\" in */page.gmi) echo more >>\"$2\";; esac",
                in: site,
                variable: variable
            )
            #expect(result.end == .exit(0), "\(result.text)")
            #expect(result.text.contains("gemini://localhost/saved"))
            #expect(server.requests.first == server.titan("/a/page.gmi;edit"))
            #expect(wiki.uploads.map(\.content) == ["# Page\nmore\n"])
            let request = try #require(wiki.uploads.first?.request)
            #expect(
                request.hasPrefix(server.titan("/a/page.gmi;size=12;mime=text/gemini")) && request.hasSuffix(";token=t")
            )
            #expect(try Self.left(in: site).isEmpty)
        }
    }

    @Test("What was not changed is not uploaded")
    func unchanged() async throws {
        let wiki = Wiki()
        try await withScriptedServer {
            try await wiki.serve($0)
        } _: { server in
            let site = try Site()
            let result = try await Self.edit(server.url("/page"), editor: "exit 0", in: site)
            #expect(result.end == .exit(0))
            #expect(result.text.contains("Nothing was changed, and nothing uploaded."))
            #expect(wiki.uploads.isEmpty)
            #expect(try Self.left(in: site).isEmpty)
        }
    }

    @Test(
        "When the editor or the upload fails, the text is kept and its file named",
        arguments: ["exit 1", "", ":>\"$2\""]
    )
    func failed(_ end: String) async throws {
        let wiki = Wiki(answer: "59 No\r\n")
        try await withScriptedServer {
            try await wiki.serve($0)
        } _: { server in
            let site = try Site()
            let result = try await Self.edit(server.url("/page"), editor: "echo mine >\"$2\"\n\(end)", in: site)
            #expect(result.end == .exit(end.isEmpty ? 50 : 1))
            let left = try Self.left(in: site).filter { $0.key.hasSuffix("/page") }
            #expect(left.map(\.value) == [end.hasPrefix(":") ? "" : "mine\n"])
            #expect(result.text.replacing("\r\n", with: "\n").contains(left.first?.key ?? "-"), "\(result.text)")
            #expect(wiki.uploads.count == (end.isEmpty ? 1 : 0))
        }
    }

    @Test("While the editor runs, Control-C is for the editor")
    func interrupted() async throws {
        let wiki = Wiki()
        try await withScriptedServer {
            try await wiki.serve($0)
        } _: { server in
            let site = try Site()
            let script = """
                trap 'echo interrupted >>"$2"; exit 0' INT
                echo ready
                while :; do sleep 0.05; done
                """
            let result = try await Self.edit(server.url("/page"), editor: script, in: site) { program in
                try await program.says("ready")
                // A terminal sends it to all of them; here there is none that does.
                program.send(SIGINT)
                try Self.interrupt(childrenOf: program.processID)
            }
            #expect(result.end == .exit(0), "\(result.text)")
            #expect(wiki.uploads.map(\.content) == ["# Page\ninterrupted\n"])
        }
    }

    @Test("A page that is no text is not edited")
    func noText() async throws {
        try await withScriptedServer {
            try await $0.answer("20 image/png\r\nx")
        } _: { server in
            let site = try Site()
            let result = try await Self.edit(server.url("/x.png"), editor: "exit 0", in: site)
            #expect(result.end == .exit(1))
            #expect(result.text.contains("is image/png, which is no text to edit."))
            #expect(try Self.left(in: site).isEmpty)
        }
    }

    /// Sends SIGINT to the processes that a process started, and those that these did.
    private static func interrupt(childrenOf parent: pid_t) throws {
        let list = Process()
        let output = Pipe()
        list.executableURL = URL(fileURLWithPath: "/bin/ps")
        list.arguments = ["-A", "-o", "pid=,ppid="]
        list.standardOutput = output
        try list.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        let pairs = text.split(separator: "\n").map { $0.split(separator: " ").compactMap { pid_t($0) } }
        var family: Set<pid_t> = [parent]
        for _ in 0..<3 { family.formUnion(pairs.filter { $0.count == 2 && family.contains($0[1]) }.map { $0[0] }) }
        for process in family.subtracting([parent]) { kill(process, SIGINT) }
    }
}
