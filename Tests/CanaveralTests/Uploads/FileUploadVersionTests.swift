import CanaveralTesting
import Foundation
import GeminiProtocol
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import Canaveral

@Suite("Earlier versions of uploaded files, and room for them", .timeLimit(.minutes(10)))
struct FileUploadVersionTests {
    private let folder: TemporaryDirectory

    init() throws {
        self.folder = try TemporaryDirectory()
    }

    @Test("What an upload replaces is kept, the newest so many, and never served")
    func keeps() async throws {
        try self.folder.write("0", to: "a.gmi")
        try await self.folder.capsule(.init { $0.keepsVersions = 3 }).test { client async throws in
            for text in ["1", "2", "3", "4", "5"] {
                #expect(try await client.upload(text, to: "/notes/a.gmi").is(.temporaryRedirect))
            }
            #expect(try await client.get("/notes/.versions/a.gmi/5").is(.notFound))
            #expect(try await client.get("/notes/").links.map(\.target) == ["a.gmi"])
        }
        #expect(try self.folder.text("a.gmi") == "5")
        #expect(try self.folder.versions(of: "a.gmi") == ["3": "2", "4": "3", "5": "4"])
    }

    @Test("A version has the time at which it was written, and a file the mode of the one that it replaces")
    func attributes() async throws {
        try self.folder.write("old", to: "a.gmi")
        let date = Date(timeIntervalSince1970: 1_000_000_000)
        try FileManager.default.setAttributes(
            [.modificationDate: date, .posixPermissions: 0o600],
            ofItemAtPath: self.folder.path("a.gmi")
        )
        try await self.folder.capsule().test { client async throws in
            #expect(try await client.upload("new", to: "/notes/a.gmi").is(.temporaryRedirect))
        }
        let version = try FileManager.default.attributesOfItem(atPath: self.folder.path(".versions/a.gmi/1"))
        #expect(version[.modificationDate] as? Date == date)
        let file = try FileManager.default.attributesOfItem(atPath: self.folder.path("a.gmi"))
        #expect(file[.posixPermissions] as? Int == 0o600)
    }

    @Test("Where nobody may link to a file, its version is a copy", arguments: [EPERM, EOPNOTSUPP, EMLINK])
    func copies(_ reason: CInt) async throws {
        let text = String(repeating: "0123456789", count: 20_000)
        try self.folder.write(text, to: "a.gmi")
        let date = Date(timeIntervalSince1970: 1_000_000_000)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: self.folder.path("a.gmi"))
        let steps = Steps { step, number in step == .keep && number == 0 ? reason : nil }
        try await self.folder.capsule(hindrance: steps.hindrance).test { client async throws in
            #expect(try await client.upload("new", to: "/notes/a.gmi").is(.temporaryRedirect))
        }
        #expect(try self.folder.versions(of: "a.gmi") == ["1": text])
        let version = try FileManager.default.attributesOfItem(atPath: self.folder.path(".versions/a.gmi/1"))
        #expect(version[.modificationDate] as? Date == date)
    }

    @Test("With no versions nothing is kept")
    func keepsNone() async throws {
        try self.folder.write("0", to: "a.gmi")
        try await self.folder.capsule(.init { $0.keepsVersions = 0 }).test { client async throws in
            #expect(try await client.upload("1", to: "/notes/a.gmi").is(.temporaryRedirect))
        }
        #expect(try self.folder.names() == [".uploads", "a.gmi"])
    }

    @Test(
        "Uploads to one file at once are each whole: one stays, the others are versions",
        arguments: Transport.allCases
    )
    func atOnce(_ transport: Transport) async throws {
        let texts = (0..<8).map { String(repeating: "\($0)", count: 100_000) }
        let all = Set(texts)
        try await self.folder.capsule().test(transport) { client async throws in
            try await withThrowingTaskGroup { group in
                for text in texts {
                    group.addTask {
                        let page = try await client.upload(text, to: "/notes/a.gmi")
                        #expect(page.is(.temporaryRedirect))
                    }
                }
                try await group.waitForAll()
            }
        }
        let kept = try self.folder.versions(of: "a.gmi").values + [self.folder.text("a.gmi")]
        #expect(Set(kept) == all)
        #expect(kept.count == all.count)
    }

    @Test("Several processes' folders take turns like one's", arguments: [2, 4])
    func severalFolders(_ count: Int) async throws {
        let capsules = try (0..<count).map { _ in try self.folder.capsule() }
        try await withThrowingTaskGroup { group in
            for (index, capsule) in capsules.enumerated() {
                group.addTask {
                    try await capsule.test { client async throws in
                        for number in 0..<2 {
                            let page = try await client.upload("\(index) \(number)", to: "/notes/a.gmi")
                            #expect(page.is(.temporaryRedirect))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let kept = try self.folder.versions(of: "a.gmi").values + [self.folder.text("a.gmi")]
        #expect(Set(kept).count == 2 * count)
    }

    @Test("All files together stay below a size, with their versions, and those that go make room")
    func totalSize() async throws {
        let options = FileUploads.Options {
            $0.maximumTotalSize = 100
            $0.keepsVersions = 1
            $0.createsFolders = true
        }
        try await self.folder.capsule(options).test { client async throws in
            func upload(_ count: Int, to name: String) async throws -> Status {
                try await client.upload(String(repeating: "x", count: count), to: "/notes/\(name)").status
            }
            #expect(try await upload(101, to: "a.gmi") == .temporaryFailure)
            #expect(try await upload(40, to: "a.gmi") == .temporaryRedirect)
            #expect(try await upload(20, to: "sub/b.gmi") == .temporaryRedirect)
            #expect(try await upload(41, to: "a.gmi") == .temporaryFailure)
            #expect(try await upload(40, to: "a.gmi") == .temporaryRedirect)
            #expect(try await upload(40, to: "a.gmi") == .temporaryRedirect)
            #expect(try await upload(1, to: "c.gmi") == .temporaryFailure)
        }
        #expect(try self.folder.unfinished().isEmpty)
    }

    @Test("There are so many files and no more, their versions not counted")
    func fileCount() async throws {
        try await self.folder.capsule(.init { $0.maximumFileCount = 2 }).test { client async throws in
            for _ in 0..<3 {
                #expect(try await client.upload("x", to: "/notes/a.gmi").is(.temporaryRedirect))
            }
            #expect(try await client.upload("x", to: "/notes/b.gmi").is(.temporaryRedirect))
            let page = try await client.upload("x", to: "/notes/c.gmi")
            #expect(
                page.header.description
                    == "40 There is no room for another file: there are at most 2 files and folders here."
            )
            #expect(try await client.upload("y", to: "/notes/b.gmi").is(.temporaryRedirect))
        }
    }

    @Test("Uploads that wait for another process keep no page from being read")
    func waiting() async throws {
        try self.folder.write("page", to: "page.gmi")
        try await self.folder.capsule().test { client async throws in
            #expect(try await client.upload("first", to: "/notes/a.gmi").is(.temporaryRedirect))
            let lock = open(self.folder.path(".uploads/lock"), O_RDWR)
            #expect(flock(lock, LOCK_EX) == 0)
            let count = System.coreCount + 1
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<count {
                    tasks.addTask { () async throws in
                        #expect(try await client.upload("x", to: "/notes/\(number).gmi").is(.temporaryRedirect))
                    }
                }
                #expect(try await eventually { try self.folder.unfinished().count == count })
                let page = NIOLockedValueBox(false)
                tasks.addTask { () async throws in
                    // Not at hand, so that a thread has to read it.
                    #expect(try await client.get("/notes/page.gmi").text == "page")
                    page.withLockedValue { $0 = true }
                }
                #expect(await eventually { page.withLockedValue { $0 } })
                close(lock)
                try await tasks.waitForAll()
            }
        }
    }
}
