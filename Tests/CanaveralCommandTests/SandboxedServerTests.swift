import Foundation
import NIOCore
import TestSupport
import Testing

#if os(Linux)
import CLinux
#endif

/// What a server can reach once its sandbox is closed, and what it cannot, while its files change.
@Suite("A running server in its sandbox", .timeLimit(.minutes(10)))
struct SandboxedServerTests {
    @Test(
        "A configuration right in a home is warned of: written into it is read again, another in its place says what to do",
        .enabled(if: ServingProgram.hasSandbox)
    )
    func replacedInHome() async throws {
        let site = try Site()
        try site.folder.makeFolder("home")
        // The folder around a root is open for what takes its place.
        try site.folder.write("# Home\n", to: "served/capsule/index.gmi")
        let text = "listen = \"127.0.0.1:0\"\n" + Site.host.replacing("../capsule", with: "../served/capsule")
        let file = try site.folder.write(text, to: "home/canaveral.toml")
        let warning = "A new file that an editor puts in the place of \(file), as most do, is not read at a reload"
        let check = try await site.run("check", file)
        #expect(check.status == .exit(0) && check.output.contains(warning), "\(check)")
        let open = try await site.run("check", site.folder.write("sandbox = false\n" + text, to: "home/open.toml"))
        #expect(open.status == .exit(0) && !open.output.contains("as most do"), "\(open)")

        try await withServerSlot {
            let program = try Program(["--config", file], environment: site.environment)
            let server = try await ServingProgram(program)
            #expect(server.program.errors.contains(warning))
            try site.folder.write("language = \"en\"\n" + text, to: "home/canaveral.toml")
            try await server.reload()
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini; lang=en")
            let new = try site.folder.write("language = \"de\"\n" + text, to: "home/new.toml")
            #expect(rename(new, file) == 0)
            try await server.reload(taken: false)
            #expect(
                server.program.errors.contains("It is another file than at the start, for which the sandbox is closed")
            )
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini; lang=en")
            #expect(try await server.stop() == .exit(0))
        }
    }

    #if os(Linux)
    @Test(
        "A sandboxed server cannot open /etc/passwd, even where its root is a link that is pointed to /etc",
        .enabled(if: clinux_landlock_version() > 0),
        arguments: [true, false]
    )
    func sandbox(_ isClosed: Bool) async throws {
        let site = try Site()
        try site.folder.link("shown", to: "capsule")
        let text = "[[host]]\nname = \"localhost\"\nroot = \"../shown\"\n"
        try await site.serve(configured: isClosed ? text : "sandbox = false\n" + text) { server async throws in
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini")
            try site.folder.link("new", to: "/etc")
            #expect(rename(site.folder.path("new"), site.folder.path("shown")) == 0)
            if isClosed {
                // It looks where the link leads every second, and is not let in.
                #expect(
                    try await eventually {
                        _ = try await server.answer(of: "localhost", "/passwd")
                        return server.program.errors.contains("/shown: Permission denied")
                    }
                )
                #expect(try await server.answer(of: "localhost", "/passwd").header == "51 Not found")
                try await server.reload(taken: false)
                #expect(try await server.answer(of: "localhost", "/passwd").header == "51 Not found")
                #expect(server.program.errors.contains("The sandbox is closed for "))
            } else {
                #expect(
                    await eventually {
                        (try? await server.answer(of: "localhost", "/passwd").header.hasPrefix("20 ")) == true
                    }
                )
            }
        }
    }

    @Test(
        "What a new configuration needs and the sandbox is closed for is told, and the old configuration stays",
        .enabled(if: clinux_landlock_version() > 0)
    )
    func closedSandbox() async throws {
        let site = try Site()
        let far = try TemporaryDirectory()
        try far.write("# Elsewhere\n", to: "away/index.gmi")
        try site.folder.write("# Beside\n", to: "beside/index.gmi")
        let other = "[[host]]\nname = \"b.localhost\"\nroot = \"\(far.path("away"))\"\n"
        try await site.serve(configured: Site.host) { server async throws in
            try site.configure(Site.host + other)
            try await server.reload(taken: false)
            #expect(server.program.errors.contains("/away: restart the server to open it."))
            #expect(try await server.answer(of: "localhost").text.hasSuffix("# Home\n"))
            #expect(try await server.answer(of: "b.localhost").header.hasPrefix("53 "))
            // Beside a folder that is served there may be more.
            try site.configure(Site.host + "[[host]]\nname = \"b.localhost\"\nroot = \"../beside\"\n")
            try await server.reload()
            #expect(try await server.answer(of: "b.localhost").text.hasSuffix("# Beside\n"))
        }
        try await site.serve(configured: Site.host, ["--no-sandbox"]) { server async throws in
            try site.configure(Site.host + other)
            try await server.reload()
            #expect(try await server.answer(of: "b.localhost").text.hasSuffix("# Elsewhere\n"))
        }
    }
    #endif
}
