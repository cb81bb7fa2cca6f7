import GeminiFiles
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import GeminiLint

@Suite("Checking a folder")
struct FolderCheckTests {
    private let folder: TemporaryDirectory

    init() throws {
        self.folder = try TemporaryDirectory()
        for name in [
            "index.gmi", "about.gmi", "my notes.gmi", "12:30.gmi", "notes:1.gmi", "news/index.gmi", "news/a.gmi",
            "list/x.txt", ".secret/x.gmi",
        ] {
            try self.folder.write("# \(name)\n", to: name)
        }
        try self.folder.write("# Grüße\n", to: "gästebuch.gmi")
        try self.folder.link("outside.gmi", to: "/etc/passwd")
        try self.folder.link("news/up", to: "..")
    }

    private func check(
        _ link: String,
        in page: String = "index.gmi",
        options: Files.Options = Files.Options(),
        external: (any PageFetcher)? = nil
    ) async throws -> CheckReport {
        try self.folder.write("=> \(link)\n", to: page)
        return try await FolderCheck(
            path: self.folder.path,
            hosts: [Host("example.org"), Host("localhost")],
            options: options,
            external: external
        ).run()
    }

    @Test(
        "Links that lead somewhere are let be",
        arguments: [
            "about.gmi", "/about.gmi#part", "about.gmi?query", "news/", "news/a.gmi", "list/", "/", "./", "?q",
            "my%20notes.gmi the label", "./12:30.gmi", "./notes:1.gmi", "g%C3%A4stebuch.gmi", "news/up/about.gmi",
            "gemini://example.org/about.gmi", "gemini://localhost/about.gmi", "gemini://EXAMPLE.org:1965/%61bout.gmi",
            "//localhost/news/", "news//a.gmi", "gemini://elsewhere.example/missing", "https://example.org/missing",
        ]
    )
    func alive(_ link: String) async throws {
        let report = try await self.check(link)
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.links == 1)
    }

    @Test(
        "Links that do not are found, and what was meant is said",
        arguments: [
            ("missing.gmi", .deadLink, "no such file"), ("news/missing.gmi", .deadLink, "no such file"),
            ("gemini://localhost/missing.gmi", .deadLink, "no such file"), ("about.gmi/", .deadLink, "This is a file"),
            ("About.gmi", .wrongCase, "/about.gmi"), ("NEWS/", .wrongCase, "/news/"),
            (".secret/x.gmi", .hiddenTarget, "dot"), (".missing", .hiddenTarget, "dot"),
            ("my notes.gmi", .spaceInURL, "my%20notes.gmi"),
            ("my notes.gmi and a label", .spaceInURL, "my%20notes.gmi"),
            ("12:30.gmi", .schemeLikeName, "./12:30.gmi"), ("notes:1.gmi", .schemeLikeName, "./notes:1.gmi"),
            ("outside.gmi", .deadLink, "no such file"), ("news", .redirect, "slash"),
            ("../about.gmi", .outsideRoot, "above the root"), ("gästebuch.gmi", .unencodedURL, "g%C3%A4stebuch.gmi"),
        ] as [(String, Rule, String)]
    )
    func dead(_ vector: (link: String, rule: Rule, message: String)) async throws {
        let report = try await self.check(vector.link)
        #expect(report.findings.map(\.rule) == [vector.rule])
        #expect(report.findings.first?.message.contains(vector.message) == true, "\(report.findings)")
        #expect(report.findings.first?.page == self.folder.path("index.gmi"))
        #expect(report.findings.first?.line == 1)
        #expect(report.findings.first?.column == 4)
    }

    @Test("Relative links count from their page, a folder's index from the folder")
    func relative() async throws {
        #expect(try await self.check("a.gmi", in: "news/index.gmi").findings.isEmpty)
        #expect(try await self.check("../about.gmi", in: "news/index.gmi").findings.isEmpty)
        #expect(try await self.check("about.gmi", in: "news/index.gmi").findings.map(\.rule) == [.deadLink])
    }

    @Test("Folders are listed or not, and have the index files that the server has")
    func options() async throws {
        var options = Files.Options()
        options.listsFolders = false
        let report = try await self.check("list/", options: options)
        #expect(report.findings.map(\.rule) == [.deadLink])
        #expect(report.findings.first?.message.contains("no index file") == true)
        options.indexNames = ["x.txt"]
        #expect(try await self.check("list/", options: options).findings.isEmpty)
    }

    @Test("Every page of gemtext is read once, whatever leads to it, and hidden ones are not")
    func pages() async throws {
        let report = try await self.check("about.gmi")
        #expect(report.pages == 8)
        #expect(report.links == 1)
    }

    @Test("Other hosts are asked only when asked for")
    func external() async throws {
        #expect(try await self.check("gemini://elsewhere.example/x").unchecked == 1)
        let fetcher = ScriptedFetcher(["gemini://elsewhere.example/x": "51 Not found"])
        let report = try await self.check("gemini://elsewhere.example/x", external: fetcher)
        #expect(report.unchecked == 0)
        #expect(report.findings.map(\.rule) == [.deadLink])
        #expect(report.findings.first?.message == "The server answers 51 Not found.")
        #expect(fetcher.asked == ["gemini://elsewhere.example/x"])
    }

    @Test("A folder that is not there is an error")
    func missing() async throws {
        await #expect(throws: FileError.self) {
            try await FolderCheck(path: self.folder.path("nope"), hosts: [Host("localhost")]).run()
        }
    }
}
