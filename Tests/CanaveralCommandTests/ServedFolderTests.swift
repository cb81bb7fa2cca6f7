import Foundation
import TestSupport
import Testing

/// Which folder is served, and what becomes of it.
@Suite("The folder")
struct ServedFolderTests {
    @Test(
        "It is told of by its absolute path",
        arguments: [
            (["capsule"], "/capsule"), (["./capsule/"], "/capsule"), (["--dir", ".//capsule/."], "/capsule"), ([], ""),
            (["capsule/../capsule"], "/capsule"), (["link"], "/link"), (["link/.."], ""),
        ] as [([String], String)]
    )
    func path(_ vector: (arguments: [String], path: String)) async throws {
        let site = try Site()
        try site.folder.link("link", to: "capsule")
        try await withServerSlot {
            let program = try Program(
                vector.arguments + ["--port", "0"],
                environment: site.environment,
                workingDirectory: site.folder.path
            )
            let server = try await ServingProgram(program)
            let folder = URL(fileURLWithPath: site.folder.path).resolvingSymlinksInPath().path
            #expect(server.values("Serving") == [folder + vector.path])
            #expect(try await server.stop() == .exit(0))
        }
    }

    @Test(
        "Another that takes its place, or that a link is pointed to, is served from then on",
        arguments: [false, true]
    )
    func replaced(_ isLink: Bool) async throws {
        let site = try Site(["index.gmi": "old"])
        try site.folder.write("new", to: "new/index.gmi")
        let (capsule, new) = (site.capsule, site.folder.path("new"))
        if isLink {
            try FileManager.default.moveItem(atPath: capsule, toPath: capsule + ".1")
            try site.folder.link("capsule", to: "capsule.1")
        }
        try await site.serve { server async throws in
            #expect(try await server.answer(to: "gemini://localhost/").text.hasSuffix("old"))
            if isLink {
                try site.folder.link("other", to: "new")
                #expect(rename(site.folder.path("other"), capsule) == 0)
            } else {
                try FileManager.default.moveItem(atPath: capsule, toPath: capsule + ".1")
                try FileManager.default.moveItem(atPath: new, toPath: capsule)
            }
            #expect(
                await eventually {
                    (try? await server.answer(to: "gemini://localhost/"))?.text.hasSuffix("new") == true
                }
            )
            try await server.program.says("There is another folder at \(capsule): it is served from now on.")
        }
    }
}
