import CanaveralTesting
import Foundation
import GeminiFiles
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@testable import Canaveral

@Suite("What uploads can make a folder grow to", .timeLimit(.minutes(10)))
struct FileUploadLimitTests {
    private let folder: TemporaryDirectory

    init() throws {
        self.folder = try TemporaryDirectory()
    }

    private func uploads(_ change: (inout FileUploads.Options) -> Void) throws -> FileUploads {
        try FileUploads(in: self.folder.path, accepting: .text(), options: .init(change))
    }

    @Test("A deletion removes the folders that it empties, and no others")
    func emptyFolders() async throws {
        let options = FileUploads.Options {
            $0.createsFolders = true
            $0.allowsDeletion = true
            $0.keepsVersions = 0
        }
        try await self.folder.capsule(options).test { client async throws in
            for name in ["a/b/c/x.gmi", "a/y.gmi"] {
                #expect(try await client.upload("x", to: "/notes/\(name)").is(.temporaryRedirect))
            }
            #expect(try await client.upload("", to: "/notes/a/b/c/x.gmi").is(.success))
            #expect(try self.folder.names(in: "a") == ["y.gmi"])
            #expect(try await client.upload("", to: "/notes/a/y.gmi").is(.success))
            #expect(try self.folder.visible().isEmpty)
            #expect(try await client.upload("x", to: "/notes/a/b/x.gmi").is(.temporaryRedirect))
        }
    }

    @Test("A folder that the operator made stays where uploads make none")
    func operatorsFolder() async throws {
        try self.folder.write("x", to: "a/x.gmi")
        let options = FileUploads.Options {
            $0.allowsDeletion = true
            $0.keepsVersions = 0
        }
        try await self.folder.capsule(options).test { client async throws in
            #expect(try await client.upload("", to: "/notes/a/x.gmi").is(.success))
            #expect(try await client.upload("y", to: "/notes/a/x.gmi").is(.temporaryRedirect))
        }
    }

    @Test("Uploads make so many folders within each other and no more")
    func depth() async throws {
        let options = FileUploads.Options { $0.createsFolders = true }
        try await self.folder.capsule(options).test { client async throws in
            func path(_ folders: Int) -> String { "/notes/" + String(repeating: "a/", count: folders) + "x.gmi" }
            let page = try await client.upload("x", to: path(17))
            #expect(
                page.header.description
                    == "59 This path is too deep: uploads make at most 16 folders within each other."
            )
            #expect(try self.folder.visible().isEmpty)
            #expect(try await client.upload("x", to: path(16)).is(.temporaryRedirect))
            #expect(try await client.upload("x", to: path(17)).is(.badRequest))
        }
    }

    @Test("Folders count as files, and one that has no room leaves none behind")
    func folders() async throws {
        let options = FileUploads.Options {
            $0.createsFolders = true
            $0.maximumFileCount = 4
        }
        try await self.folder.capsule(options).test { client async throws in
            #expect(try await client.upload("x", to: "/notes/a/b/c/d.gmi").is(.temporaryRedirect))
            #expect(try await client.upload("y", to: "/notes/a/b/c/d.gmi").is(.temporaryRedirect))
            #expect(try await client.upload("x", to: "/notes/a/e.gmi").is(.temporaryFailure))
        }
        let other = try TemporaryDirectory()
        try await other.capsule(options).test { client async throws in
            #expect(try await client.upload("x", to: "/notes/a/b/c/d/e.gmi").is(.temporaryFailure))
            #expect(try other.visible().isEmpty)
        }
    }

    @Test("A file of which only versions are left counts, and may come back")
    func deleted() async throws {
        let options = FileUploads.Options {
            $0.allowsDeletion = true
            $0.maximumFileCount = 2
        }
        try await self.folder.capsule(options).test { client async throws in
            for name in ["a.gmi", "b.gmi"] {
                #expect(try await client.upload("x", to: "/notes/\(name)").is(.temporaryRedirect))
                #expect(try await client.upload("", to: "/notes/\(name)").is(.success))
            }
            #expect(try await client.upload("x", to: "/notes/c.gmi").is(.temporaryFailure))
            #expect(try await client.upload("x", to: "/notes/a.gmi").is(.temporaryRedirect))
        }
    }

    @Test("A storing that fails leaves none of the folders that it made")
    func failed() async throws {
        let uploads = try FileUploads(
            in: self.folder.path,
            accepting: .text(),
            options: .init { $0.createsFolders = true },
            hindrance: { $0 == .rename ? ENOSPC : nil }
        )
        let file = try uploads.folder.makeFile()
        #expect(throws: StoringFailure.self) {
            try uploads.folder.store(file, size: 0, at: try #require(RelativePath("/a/b/c.gmi")))
        }
        #expect(try self.folder.visible().isEmpty)
    }

    @Test("Uploads under way count with the size that they announced, in other processes too")
    func underWay() async throws {
        let one = try self.uploads { $0.maximumTotalSize = 100 }
        let other = try self.uploads { $0.maximumTotalSize = 100 }
        let path = try #require(RelativePath("/a.gmi"))
        var underWay = [try one.folder.begin(60, at: path)]
        for folder in [one.folder, other.folder] {
            #expect(throws: FileUploadRefusal.totalSize(limit: 100)) { try folder.begin(41, at: path) }
        }
        let second = try other.folder.begin(40, at: path)
        try other.folder.write(ByteBuffer(repeating: 0x78, count: 40), to: second)
        try other.folder.store(second, size: 40, at: path)
        #expect(try self.folder.text("a.gmi") == String(repeating: "x", count: 40))
        underWay.removeAll()
        #expect(await eventually { (try? one.folder.begin(60, at: path)) != nil })
    }

    @Test("An upload holds the descriptor of its file and no other", .enabled(if: FileUploadLimitTests.isLinux))
    func descriptors() throws {
        let uploads = try self.uploads { _ in }
        let files = try (0..<20).map { _ in try uploads.folder.makeFile() }
        let work = try #require(realpath(self.folder.path(".uploads"), nil).map { String(cString: $0) })
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == work
        }
        #expect(open.count == 1)
        // Another one is there in its place: that is what later uploads are written to.
        try FileManager.default.moveItem(atPath: work, toPath: self.folder.path(".moved"))
        let late = try uploads.folder.makeFile()
        #expect(try self.folder.unfinished().count == 1)
        withExtendedLifetime((files, late)) {}
    }

    @Test("A name that no file system has is refused, and is not the log's business")
    func longName() async throws {
        let log = RecordingLog()
        let options = FileUploads.Options {
            $0.createsFolders = true
            $0.logger = log.logger
        }
        try await self.folder.capsule(options).test { client async throws in
            let name = String(repeating: "n", count: 256)
            for path in ["\(name)", "\(name)/a.gmi"] {
                let page = try await client.upload("x", to: "/notes/\(path)")
                #expect(page.header.description.hasPrefix("59 A name in this path is too long"))
            }
            #expect(log.messages.isEmpty)
        }
    }

    static var isLinux: Bool {
        #if os(Linux)
        true
        #else
        false
        #endif
    }
}
