import CanaveralTesting
import Foundation
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@testable import Canaveral

@Suite("Failing disks and crashes under uploads", .timeLimit(.minutes(10)))
struct FileUploadFailureTests {
    private let folder: TemporaryDirectory

    init() throws {
        self.folder = try TemporaryDirectory()
    }

    static let failures: [(CInt, String)] = [
        (ENOSPC, "40 The server has no room left to store it"),
        (EDQUOT, "40 The server has no room left to store it"),
        (EROFS, "50 The server is not allowed to write there"),
        (EACCES, "50 The server is not allowed to write there"),
        (EIO, "40 The server could not store it"),
        (EMFILE, "41 "),
    ]

    @Test(
        "A failing step is one sentence to the client, its reason to the log, and nothing is lost",
        arguments: Self.failures
    )
    func failure(_ errno: CInt, _ answer: String) async throws {
        let whole = Steps()
        try self.folder.write("old", to: "a.gmi")
        try await self.folder.capsule(hindrance: whole.hindrance).test { client async throws in
            #expect(try await client.upload("new", to: "/notes/a.gmi").is(.temporaryRedirect))
        }
        let last = try #require(whole.all.lastIndex(of: .synchronizeFolder))
        for (index, step) in whole.all.enumerated() {
            let folder = try TemporaryDirectory()
            try folder.write("old", to: "a.gmi")
            let log = RecordingLog()
            let steps = Steps()
            let capsule = try folder.capsule(.init { $0.logger = log.logger }) { step in
                let isDue = steps.all.count == index
                _ = steps.hindrance(step)
                return isDue ? errno : nil
            }
            try await capsule.test { client async throws in
                let page = try await client.upload("new", to: "/notes/a.gmi")
                // Sweeping at the start and tidying up at the end harm nobody.
                guard index > 0, index <= last else {
                    #expect(page.is(.temporaryRedirect), "\(step) \(index)")
                    return
                }
                #expect(page.header.description.hasPrefix(answer), "\(step) \(index): \(page.header)")
                #expect(!page.meta.contains(folder.path) && !page.meta.contains("a.gmi"))
                #expect(log.contains("/notes/a.gmi was not stored. The system could not \(step.rawValue)"))
                #expect(try folder.text("a.gmi") == (index == last ? "new" : "old"), "\(step) \(index)")
            }
            let texts = try Array(folder.versions(of: "a.gmi").values) + [folder.text("a.gmi")]
            #expect(texts.contains("old"), "\(step) \(index)")
            #expect(await eventually { (try? folder.unfinished().isEmpty) == true }, "\(step) \(index)")
        }
    }

    @Test(
        "Where the folder of unfinished uploads cannot be had, the log names it, and the visitor learns nothing of it"
    )
    func workFolder() async throws {
        let log = RecordingLog()
        try self.folder.write("no folder", to: ".uploads")
        try await self.folder.capsule(.init { $0.logger = log.logger }).test { client async throws in
            let page = try await client.upload("new", to: "/notes/a.gmi")
            #expect(page.header.description.hasPrefix("40 ") && !page.meta.contains(".uploads"), "\(page.header)")
            #expect(log.contains("could not open the folder \(self.folder.path)/.uploads (Not a directory)"))
        }
    }

    @Test("A disk that fails again and again is one line of the log")
    func repeated() async throws {
        let log = RecordingLog()
        let capsule = try self.folder.capsule(.init { $0.logger = log.logger }) { $0 == .write ? ENOSPC : nil }
        try await capsule.test { client async throws in
            for name in ["a", "b", "c"] {
                #expect(try await client.upload("new", to: "/notes/\(name).gmi").is(.temporaryFailure))
            }
        }
        #expect(log.messages.count { $0.text.contains("not stored") } == 1)
    }

    @Test("The file is on the disk before it has its name, and its name before the answer")
    func order() async throws {
        try self.folder.write("oldest", to: "a.gmi")
        try await self.upload("old", hindrance: Steps().hindrance)
        let steps = Steps()
        try await self.upload("new", hindrance: steps.hindrance)
        let durable: [StoringStep] = [
            .write, .synchronizeFile, .keep, .synchronizeVersions, .rename, .synchronizeFolder,
        ]
        #expect(steps.all.filter(durable.contains).suffix(6) == durable[...])
    }

    @Test("What a crash left is swept at the start, and not what somebody still writes")
    func sweeping() async throws {
        try self.folder.write("rest", to: ".uploads/upload-abandoned")
        try self.folder.write("mine", to: ".uploads/notes of the operator")
        let first = try FileUploads(in: self.folder.path, accepting: .text())
        #expect(try self.folder.unfinished() == ["notes of the operator"])
        let file = try first.folder.makeFile()
        _ = try FileUploads(in: self.folder.path, accepting: .text())
        #expect(try self.folder.unfinished().count == 2)
        try first.folder.write(ByteBuffer(string: "whole"), to: file)
        try first.folder.store(file, size: 5, at: try #require(.init("/a.gmi")))
        #expect(try self.folder.text("a.gmi") == "whole")
    }

    @Test("A process that is killed at any step leaves the old file or the new one, and no rest after the next start")
    func crash() async throws {
        try self.folder.write("old", to: "a.gmi")
        let steps = Steps()
        try await self.upload("first", hindrance: steps.hindrance)
        let rename = try #require(steps.all.firstIndex(of: .rename))
        for (index, step) in steps.all.enumerated() {
            let folder = try TemporaryDirectory()
            try folder.write("old", to: "a.gmi")
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String, index = index as Int] in
                let steps = Steps()
                let uploads = try FileUploads(in: path, accepting: .text()) { step in
                    if steps.all.count == index { kill(getpid(), SIGKILL) }
                    return steps.hindrance(step)
                }
                _ = try await uploads.respond(to: .upload("new", to: "/a.gmi"))
            }
            let left = try folder.text("a.gmi")
            #expect(left == (index > rename ? "new" : "old"), "\(step) \(index)")
            let texts = try Array(folder.versions(of: "a.gmi").values) + [left]
            #expect(texts.contains("old"), "\(step) \(index)")

            try await folder.capsule().test { client async throws in
                #expect(try folder.unfinished().isEmpty, "\(step) \(index)")
                #expect(try await client.get("/notes/a.gmi").text == left)
                #expect(try await client.upload("next", to: "/notes/a.gmi").is(.temporaryRedirect))
            }
            let versions = try folder.versions(of: "a.gmi").sorted { $0.key < $1.key }.map(\.value)
            #expect(versions == (index > rename ? ["old", "new"] : ["old"]), "\(step) \(index)")
        }
    }

    private func upload(_ text: String, hindrance: @escaping UploadFolder.Hindrance) async throws {
        let uploads = try FileUploads(
            in: self.folder.path,
            accepting: .text(),
            options: .init { _ in },
            hindrance: hindrance
        )
        let response = try await uploads.respond(to: .upload(text, to: "/a.gmi"))
        #expect(response.status == .temporaryRedirect)
    }
}

extension Request {
    /// An upload that comes in two pieces.
    fileprivate static func upload(_ text: String, to path: String) throws -> Request {
        let line = "titan://localhost\(path);size=\(text.utf8.count)"
        var request = Request(line: try RequestLine(parsing: Array(line.utf8).span))
        let bytes = ByteBuffer(string: text)
        request.upload = Upload(
            parameters: try TitanParameters(size: text.utf8.count),
            chunks: AsyncStream { continuation in
                continuation.yield(bytes.getSlice(at: 0, length: 1) ?? ByteBuffer())
                continuation.yield(bytes.getSlice(at: 1, length: bytes.readableBytes - 1) ?? ByteBuffer())
                continuation.finish()
            }
        )
        return request
    }
}
