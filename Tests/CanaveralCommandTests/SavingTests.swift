import Foundation
import TestSupport
import Testing

/// `canaveral get -o FILE`
@Suite("canaveral get -o")
struct SavingTests {
    @Test("A page is saved byte for byte, under its name only when it is whole, with the rights of an earlier one")
    func saved() async throws {
        let gate = Gate()
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 image/png\r\nfirst ")
            try await gate.wait()
            try await visit.send("second")
            try await visit.connection.closeOutput()
        } _: { server in
            let site = try Site()
            try site.folder.write("old", to: "file")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: site.folder.path("file"))
            let program = try Program(
                ["get", server.url(), "-o", "file"],
                environment: site.environment,
                workingDirectory: site.folder.path
            )
            #expect(await eventually { site.partialFile(of: "file").flatMap(site.content) == "first " })
            #expect(site.content("file") == "old")
            gate.open()
            #expect(try await program.end() == .exit(0))
            #expect(program.output.isEmpty && program.errors.isEmpty)
            #expect(site.content("file") == "first second")
            #expect(site.partialFile(of: "file") == nil)
            let rights = try FileManager.default.attributesOfItem(atPath: site.folder.path("file"))
            #expect(rights[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("An earlier file outlives a download that fails, in its header or its body", arguments: [true, false])
    func failed(_ isEarly: Bool) async throws {
        try await withScriptedServer { visit in
            if isEarly { return try await visit.answer("51 Nope\r\n") }
            try await visit.request()
            try await visit.send("20 image/png\r\nfirst")
            try await visit.clientLeft()
        } _: { server in
            let site = try Site()
            try site.folder.write("old", to: "file")
            let result = try await site.runAlongside(["get", "--timeout", "0.3", "-o", "file", server.url()])
            #expect(result.status == .exit(isEarly ? 50 : 1))
            #expect(site.content("file") == "old")
            #expect(site.partialFile(of: "file") == nil)
        }
    }

    @Test(
        "A long download at a terminal tells how far it is, and Control-C leaves nothing of it",
        arguments: [40, 100]
    )
    func interrupted(_ columns: Int) async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 image/png\r\n")
            try await visit.sendForEver(String(repeating: "x", count: 4096))
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal(columns: columns))
            let name = "a-file-whose-name-takes-more-columns-than-there-are.png"
            let program = try site.start(["get", server.url(), "-o", name], on: terminal)
            try await program.says("KiB/s")
            #expect(site.partialFile(of: name) != nil)
            program.send(SIGINT)
            #expect(try await program.end() == .exit(130))
            #expect(!site.exists(name) && site.partialFile(of: name) == nil)
            let shown = program.errors.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false)
            #expect(shown.last == "", "The line is taken away.")
            #expect(shown.allSatisfy { $0.count < columns }, "The line fits: \(shown)")
            #expect(await server.becomesIdle())
        }
    }

    @Test("A symbolic link goes on leading to its file")
    func link() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nnew")
        } _: { server in
            let site = try Site()
            try site.folder.write("old", to: "folder/file")
            try site.folder.link("link", to: "folder/file")
            #expect(try await site.runAlongside(["get", server.url(), "-o", "link"]).status == .exit(0))
            #expect(site.content("folder/file") == "new")
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: site.folder.path("link"))
            #expect(target == "folder/file")
        }
    }

    @Test("What is no file is written to, and not replaced")
    func pipe() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nnew")
        } _: { server in
            let site = try Site()
            #expect(mkfifo(site.folder.path("pipe"), 0o600) == 0)
            // Open for both, so that neither side waits for the other.
            let reader = open(site.folder.path("pipe"), O_RDWR | O_NONBLOCK)
            defer { close(reader) }
            #expect(try await site.runAlongside(["get", server.url(), "-o", "pipe"]).status == .exit(0))
            var bytes = [UInt8](repeating: 0, count: 10)
            #expect(read(reader, &bytes, 10) == 3)
            #expect(bytes.starts(with: "new".utf8))
            let type = try FileManager.default.attributesOfItem(atPath: site.folder.path("pipe"))[.type]
            #expect(type as? FileAttributeType != .typeRegular)
            #expect(site.partialFile(of: "pipe") == nil)
        }
    }

    @Test("-o - is standard output, at a terminal too")
    func standardOutput() async throws {
        try await withScriptedServer {
            try await $0.answer("20 image/png\r\n\u{1}bytes")
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            #expect(try await site.runAlongside(["get", server.url(), "-o", "-"]).output == "\u{1}bytes")
            let program = try site.start(["get", server.url(), "-o", "-"], on: terminal)
            #expect(try await program.end() == .exit(0))
            #expect(program.errors == "\u{1}bytes")
            #expect(!site.exists("-"))
        }
    }

    @Test("Where nothing can be written, that is one sentence, and 1", arguments: ["capsule", "no-folder/file"])
    func unwritable(_ name: String) async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nnew")
        } _: { server in
            let site = try Site()
            let result = try await site.runAlongside(["get", server.url(), "-o", name])
            #expect(result.status == .exit(1))
            #expect(result.sentence?.contains(name) == true, "\(result.errors)")
        }
    }
}
