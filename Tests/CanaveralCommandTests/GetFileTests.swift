import Foundation
import TestSupport
import Testing

@Suite("canaveral get: where the page goes to")
struct GetFileTests {
    private func save(to name: String, of site: Site) async throws -> Site.Result {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nnew\n")
        } _: { server in
            let url = "gemini://localhost:\(server.port)/"
            return try await site.runAlongside(["get", "--insecure", "-o", site.folder.path(name), url])
        }
    }

    @Test("A file that somebody else may have put there is not written through")
    func foreignPart() async throws {
        let site = try Site()
        try site.folder.write("precious", to: "other")
        try FileManager.default.createSymbolicLink(
            atPath: site.folder.path("page.part"),
            withDestinationPath: site.folder.path("other")
        )
        #expect(try await self.save(to: "page", of: site).status == .exit(0))
        #expect(try String(contentsOfFile: site.folder.path("other"), encoding: .utf8) == "precious")
        #expect(try String(contentsOfFile: site.folder.path("page"), encoding: .utf8) == "new\n")
    }

    @Test("A symbolic link stays one, and a file keeps its mode")
    func replaced() async throws {
        let site = try Site()
        try site.folder.write("old", to: "target")
        chmod(site.folder.path("target"), 0o600)
        try FileManager.default.createSymbolicLink(
            atPath: site.folder.path("link"),
            withDestinationPath: site.folder.path("target")
        )
        #expect(try await self.save(to: "link", of: site).status == .exit(0))
        #expect(try String(contentsOfFile: site.folder.path("target"), encoding: .utf8) == "new\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: site.folder.path("target"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let link = try FileManager.default.attributesOfItem(atPath: site.folder.path("link"))
        #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
    }

    @Test("What is no file, as a FIFO or /dev/null, is written to and stays what it is")
    func special() async throws {
        let site = try Site()
        let path = site.folder.path("fifo")
        try #require(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        #expect(try await self.save(to: "fifo", of: site).status == .exit(0))
        var bytes = [UInt8](repeating: 0, count: 16)
        #expect(read(reader, &bytes, bytes.count) == 4)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test("Without a home a page can be had from a server that need not be remembered")
    func homeless() async throws {
        let site = try Site()
        var environment = site.environment
        environment["HOME"] = nil
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nnew\n")
        } _: { server in
            let program = try Program(
                ["get", "--insecure", "gemini://localhost:\(server.port)/"],
                environment: environment
            )
            #expect(try await program.end() == .exit(0))
        }
    }
}
