import Foundation
import Testing

@Suite("The article \"Getting started\"")
struct GettingStartedArticle {
    private let article = "Sources/Canaveral/Canaveral.docc/GettingStarted.md"

    @Test("Its code is that of the program, of its tests, and a manifest")
    func code() throws {
        let program = try lines(of: "Tests/Guestbook/Guestbook.swift")
        let tests = try lines(of: "Tests/GuestbookTests/GuestbookTests.swift")
        let blocks = try blocks(of: self.article).filter { !$0.contains("import PackageDescription") }
        for block in blocks {
            #expect(isPart(block, of: program) || isPart(block, of: tests), "\(block.joined(separator: "\n"))")
        }
        let code = Set(blocks.joined())
        for line in program + tests where !line.hasPrefix("#if") && line != "#else" && line != "#endif" {
            #expect(code.contains(line), "The article leaves out: \(line)")
        }
    }

    @Test("Swift reads its manifest, and knows the trait")
    func manifest() async throws {
        let manifest = try #require(blocks(of: self.article).first { $0.contains("import PackageDescription") })
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = manifest.joined(separator: "\n")
            .replacing(#"package(path: "../canaveral")"#, with: #"package(path: "../canaveral", traits: ["SQLite"])"#)
        try text.write(to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["swift", "package", "--package-path", folder.path, "dump-package"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let json = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(json.contains(#""name" : "SQLite""#))
        #expect(json.contains(#""GuestbookTests""#))
    }
}
