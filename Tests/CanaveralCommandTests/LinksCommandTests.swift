import Foundation
import TestSupport
import Testing

@Suite("canaveral links")
struct LinksCommandTests {
    @Test("The example capsule is clean")
    func example() async throws {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let capsule = repository.appendingPathComponent("Examples/capsule").path
        let result = try await Site().run("links", "--strict", capsule)
        #expect(result.status == .exit(0))
        #expect(result.output.isEmpty, "\(result.output)")
        #expect(result.errors.contains("0 errors, 0 warnings"))
    }

    @Test("Findings are lines with file, line and column, and errors end it with 1")
    func findings() async throws {
        let site = try Site()
        try site.folder.write("# A\n### B\n=> missing.gmi\n", to: "other/index.gmi")
        let result = try await site.run("links", "other")
        #expect(result.status == .exit(1))
        #expect(
            result.output == """
                other/index.gmi:2:1: warning: A heading of level 3 follows one of level 1. [heading-jump]
                other/index.gmi:3:4: error: missing.gmi: There is no such file or folder. [dead-link]

                """
        )
        #expect(result.errors.contains("1 page, 1 link: 1 error, 1 warning, 0 notes"))
    }

    @Test("Rules can be ignored, and warnings counted as errors")
    func rules() async throws {
        let site = try Site()
        try site.folder.write("# A\n### B\n=> missing.gmi\n", to: "other/index.gmi")
        #expect(try await site.run("links", "other", "--ignore", "dead-link").status == .exit(0))
        #expect(try await site.run("links", "other", "--ignore", "dead-link", "--strict").status == .exit(1))
        let result = try await site.run("links", "other", "--ignore", "dead-link,heading-jump", "--strict")
        #expect(result.status == .exit(0))
        #expect(result.output.isEmpty)
    }

    @Test("--json prints one object")
    func json() async throws {
        let site = try Site()
        try site.folder.write("=> ../up.gmi \"quoted\\\" \n", to: "other/index.gmi")
        let result = try await site.run("links", "other", "--json")
        #expect(result.status == .exit(1))
        #expect(result.errors.isEmpty)
        let object = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(object["errors"] as? Int == 1)
        let finding = try #require((object["findings"] as? [[String: Any]])?.first)
        #expect(finding["rule"] as? String == "outside-root")
        #expect(finding["level"] as? String == "error")
        #expect(finding["target"] as? String == "../up.gmi")
        #expect(finding["page"] as? String == "other/index.gmi")
        #expect(finding["line"] as? Int == 1 && finding["column"] as? Int == 4)
    }

    @Test("A capsule on a server is crawled")
    func crawl() async throws {
        let site = try Site()
        try site.folder.write("=> sub/\n=> missing.gmi\n=> secret/\n", to: "capsule/index.gmi")
        try site.folder.write("# Sub\n=> ../\n", to: "capsule/sub/index.gmi")
        try site.folder.write("=> gone\n", to: "capsule/secret/index.gmi")
        try site.folder.write("User-agent: *\nDisallow: /secret/\n", to: "capsule/robots.txt")
        try await site.serve { serving in
            let url = "gemini://localhost:\(serving.port)/"
            let result = try await site.runAlongside(["links", url, "--delay", "0"])
            #expect(result.status == .exit(1))
            #expect(result.output.contains("\(url):2:4: error: missing.gmi: The server answers 51"), "\(result.output)")
            #expect(result.output.contains("\(url):3:4: note: secret/: The robots.txt of localhost"))
            #expect(result.output.split(separator: "\n").count == 2)
            #expect(result.errors.contains("2 pages, 4 links: 1 error"), "\(result.errors)")
        }
    }

    @Test("What a page holds cannot steer the terminal")
    func hostile() async throws {
        let site = try Site()
        try site.folder.write("=> a\u{1B}[31mb\n", to: "other/index.gmi")
        let result = try await site.run("links", "other")
        #expect(result.status == .exit(1))
        #expect(!result.output.contains("\u{1B}"))
    }

    @Test("A server that is not there is one sentence, and ends it with 1")
    func unreachable() async throws {
        let result = try await Site().run("links", "gemini://localhost:1/")
        #expect(result.status == .exit(1))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.contains("localhost cannot be reached at port 1") == true, "\(result.errors)")
    }

    @Test("A folder that is not there is one sentence, and ends it with 78")
    func missing() async throws {
        let result = try await Site().run("links", "nowhere")
        #expect(result.status == .exit(78))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.contains("nowhere") == true, "\(result.errors)")
    }

    @Test(
        "What is wrong in what was typed is told first, and ends with 64",
        arguments: [
            (["capsule", "--ignore", "nope"], "'nope' in --ignore is no rule"),
            (["capsule", "--hostname", "a b"], "'a b' is no host name"),
            (["capsule", "--delay", "nan"], "--delay takes a number of seconds"),
            (["capsule", "--max-pages", "0"], "--max-pages takes a number above 0"),
            (["https://example.org/"], "begins with gemini://"), (["gemini://u@example.org/"], "is no URL"),
            ([], "Missing expected argument"),
        ] as [([String], String)]
    )
    func usage(_ vector: (arguments: [String], message: String)) async throws {
        let result = try await Site().run(["links"] + vector.arguments)
        #expect(result.status == .exit(64))
        let first = result.errors.split(separator: "\n").first.map(String.init) ?? ""
        #expect(first.contains(vector.message), "\(result.errors)")
    }
}
