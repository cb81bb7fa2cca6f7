import Foundation
import GeminiProtocol
import GeminiServer
import TestSupport
import Testing

@testable import GeminiFiles

@Suite(".meta files of folders")
struct MetaFilesTests {
    private static func capsule(
        _ content: [String: String],
        outside: [String: String] = [:],
        resolution: RootDirectory.Resolution = .kernel,
        _ change: (inout Files.Options) throws -> Void = { _ in }
    ) throws -> Capsule {
        var options = Files.Options()
        options.readsMetaFiles = true
        try change(&options)
        return try Capsule(content, outside: outside, resolution: resolution, options: options)
    }

    @Test("Parameters, media types and answers, by name", arguments: RootDirectory.Resolution.both)
    func settings(_ resolution: RootDirectory.Resolution) async throws {
        let capsule = try Self.capsule(
            [
                ".meta": """
                *.gmi: ;lang=en-GB
                LICENSE: text/plain; charset=utf-8
                gone.*: 52 It is gone.
                moved.gmi: 31 /new.gmi
                odd.gmi: 20 text/x-odd
                plain.gmi:
                sub: 52 Not a file.
                """,
                "a.gmi": "a", "LICENSE": "MIT", "gone.gmi": "still here", "odd.gmi": "odd", "plain.gmi": "plain",
                "sub/page.txt": "page",
            ],
            resolution: resolution
        ) {
            $0.mediaTypes = try MediaTypeTable(overrides: [:], charset: "utf-8", language: "de")
        }
        func line(_ path: String) async throws -> String {
            let reply = try await capsule.get(path)
            return "\(reply.status) \(reply.meta) \(reply.text)"
        }
        #expect(try await line("/a.gmi") == "20 text/gemini; charset=utf-8; lang=en-GB a")
        #expect(try await line("/plain.gmi") == "20 text/gemini; charset=utf-8 plain")
        #expect(try await line("/LICENSE") == "20 text/plain; charset=utf-8 MIT")
        #expect(try await line("/gone.gmi") == "52 It is gone. ")
        #expect(try await line("/gone.txt") == "52 It is gone. ")
        #expect(try await line("/moved.gmi") == "31 /new.gmi ")
        #expect(try await line("/odd.gmi") == "20 text/x-odd odd")
        #expect(try await line("/sub") == "31 /sub/ ")
        #expect(try await line("/missing.gmi") == "51 Not found ")
        #expect(try await line("/sub/page.txt") == "20 text/plain; charset=utf-8 page")
        // The listing is no file of the folder, and nothing hidden is in it.
        #expect(try await line("/sub/").hasPrefix("20 text/gemini; charset=utf-8; lang=de "))
    }

    @Test("They are heeded only where that is asked for")
    func off() async throws {
        let capsule = try Capsule([".meta": "*: 52 Gone", "a.gmi": "a"])
        #expect(try await capsule.get("/a.gmi").text == "a")
    }

    @Test("The closest one with a line for the file decides, up to the root and no further")
    func closest() async throws {
        let capsule = try Self.capsule(
            [
                ".meta": "**/*.txt: text/from-root\nsub/deep/*.gmi: text/central\n",
                "sub/.meta": "*.txt: text/from-sub\ndeep/b.txt: text/deep-from-sub\n",
                "a.txt": "", "sub/a.txt": "", "sub/deep/a.txt": "", "sub/deep/b.txt": "", "sub/deep/c.gmi": "",
                "sub/other.png": "",
            ],
            outside: [".meta": "**: 52 Outside\n"]
        )
        for (path, meta) in [
            ("/a.txt", "text/from-root"), ("/sub/a.txt", "text/from-sub"), ("/sub/deep/a.txt", "text/from-root"),
            ("/sub/deep/b.txt", "text/deep-from-sub"), ("/sub/deep/c.gmi", "text/central"),
            ("/sub/other.png", "image/png"),
        ] {
            #expect(try await capsule.get(path).meta == meta, "\(path)")
        }
    }

    @Test("What is said of an index file holds for its folder, whether there is one or not")
    func index() async throws {
        let capsule = try Self.capsule([
            ".meta": "index.gmi: ;lang=fr\nclosed/index.gmi: 52 Closed.\nold/**: 31 /\n", "index.gmi": "",
            "closed/a.gmi": "",
        ])
        #expect(try await capsule.get("/").meta == "text/gemini; lang=fr")
        #expect(try await capsule.get("/closed/").meta == "Closed.")
        #expect(try await capsule.get("/closed/a.gmi").status == 20)
        #expect(try await capsule.get("/old/").status == 31)
        #expect(try await capsule.get("/old/x/y.gmi").meta == "/")
        #expect(try await capsule.get("/old").status == 51)
    }

    @Test(
        "DA-24: hidden names stay hidden, whatever is said of them",
        arguments: ["/.meta", "/.secret", "/.well/known", "/%2Emeta"]
    )
    func hidden(_ path: String) async throws {
        let capsule = try Self.capsule([
            ".meta": ".meta: text/plain\n.secret: 20 text/plain\n.*/*: text/plain\n**: 52 All\n", ".secret": "",
            ".well/known": "",
        ])
        #expect(try await capsule.get(path) == Capsule.Reply(status: 51, meta: "Not found", body: []))
    }

    @Test("A change is heeded at once, even one within the same moment")
    func changes() async throws {
        let capsule = try Self.capsule([".meta": "*: text/a", "file": ""])
        for type in ["text/a", "text/b", "text/c"] {
            try capsule.write("*: \(type)", to: ".meta")
            #expect(try await capsule.get("/file").meta == type)
        }
        let old = Date(timeIntervalSince1970: 1_000_000_000)
        for type in ["text/d", "text/e-longer"] {
            try capsule.write("*: \(type)", to: ".meta")
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: capsule.path(".meta"))
            #expect(try await capsule.get("/file").meta == type)
            #expect(try await capsule.get("/file").meta == type)
        }
        try FileManager.default.removeItem(atPath: capsule.path(".meta"))
        #expect(try await capsule.get("/file").meta == "application/octet-stream")
    }

    @Test("A broken line is told of once, with its file and number, and the others hold")
    func broken() async throws {
        let log = RecordingLog()
        let capsule = try Self.capsule(["sub/.meta": "a: text/a\nnonsense\nb: 99 x\n", "sub/a": "", "sub/b": ""]) {
            $0.logger = log.logger
        }
        for _ in 1...3 {
            #expect(try await capsule.get("/sub/a").meta == "text/a")
            #expect(try await capsule.get("/sub/b").status == 20)
        }
        let texts = log.messages.map(\.text)
        #expect(texts.count == 2)
        #expect(
            texts.first == "\(capsule.path("sub/.meta")), line 2, is passed over: "
                + "The line has no colon between a file and what is said of it."
        )
        #expect(texts.last?.contains(", line 3, ") == true)
    }

    @Test("One that leads out, or is no file, is none")
    func elsewhere() async throws {
        let capsule = try Self.capsule(["a": "", "sub/.meta/x": "", "sub/a": ""], outside: ["meta": "**: 52 Gone\n"])
        try capsule.link(".meta", to: "../meta")
        #expect(try await capsule.get("/a").status == 20)
        #expect(try await capsule.get("/sub/a").status == 20)
    }

    @Test("An event loop answers by one that is known and small, and leaves the others to a thread that may wait")
    func atOnce() async throws {
        let capsule = try Self.capsule(["a.gmi": "a", ".meta": "*: ;lang=de"])
        let old = Date(timeIntervalSince1970: 1_000_000_000)
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: capsule.path(".meta"))
        let request = try Request(line: RequestLine(GeminiURL("gemini://localhost/a.gmi")))
        #expect(capsule.files.respondAtOnce(to: request) == nil)
        #expect(try await capsule.get("/a.gmi").meta == "text/gemini; lang=de")
        // Where the system has to wait for its disk, there is no answer, which is no fault.
        if let response = capsule.files.respondAtOnce(to: request) {
            #expect(response.header.meta?.text == "text/gemini; lang=de")
        }
        try capsule.write(String(repeating: "**/*a*b*c*d*e*f*g*h: ;lang=en\n", count: 300), to: ".meta")
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: capsule.path(".meta"))
        #expect(try await capsule.get("/a.gmi").meta == "text/gemini")
        #expect(capsule.files.respondAtOnce(to: request) == nil)
    }
}
