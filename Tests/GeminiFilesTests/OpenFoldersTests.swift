import Foundation
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import GeminiFiles

@Suite("Many folders and few descriptors")
struct OpenFoldersTests {
    /// Folders of which so many may be open.
    private struct Scene {
        let folder: TemporaryDirectory
        let roots: [RootDirectory]

        init(_ count: Int, limit: Int) throws {
            let folder = try TemporaryDirectory()
            let openFolders = OpenFolders { limit }
            self.folder = folder
            self.roots = try (0..<count).map { number in
                try folder.write("\(number)", to: "\(number)/x.txt")
                return try RootDirectory(at: FolderPlace(path: folder.path("\(number)")), openFolders: openFolders)
            }
        }

        /// How many descriptors lead into the scene.
        var openCount: Int {
            self.roots.count { $0.holdsDescriptor }
        }

        func text(_ number: Int) throws -> String? {
            let path = try #require(RelativePath("/x.txt"))
            guard case .file(let file) = self.roots[number].entry(at: path, waits: true) else { return nil }
            return file.contents(upTo: 10).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test("However many there are, no more are open than may be, and each is served")
    func bounded() throws {
        let scene = try Scene(50, limit: 8)
        #expect(scene.openCount == 8)
        for number in (0..<50) + (0..<50).reversed() {
            #expect(try scene.text(number) == "\(number)")
            #expect(scene.openCount <= 8)
        }
    }

    @Test("Those that are asked for stay open")
    func used() throws {
        let scene = try Scene(20, limit: 8)
        for number in 0..<20 {
            #expect(try scene.text(0) == "0")
            #expect(try scene.text(number) == "\(number)")
        }
        #expect(scene.roots[0].holdsDescriptor)
    }

    @Test("An event loop leaves the opening to a thread that may wait")
    func atOnce() throws {
        let scene = try Scene(2, limit: 1)
        #expect(!scene.roots[0].holdsDescriptor && scene.roots[1].holdsDescriptor)
        let path = try #require(RelativePath("/x.txt"))
        guard case .wouldWait = scene.roots[0].entry(at: path, waits: false) else {
            Issue.record("A folder was opened by an event loop.")
            return
        }
    }

    @Test("One that was closed and is gone is 51, and served again when it is back")
    func gone() async throws {
        let scene = try Scene(2, limit: 1)
        let files = Files(root: scene.roots[0], options: Files.Options())
        let request = try Request(line: RequestLine(GeminiURL("gemini://localhost/x.txt")))
        #expect(rename(scene.folder.path("0"), scene.folder.path("away")) == 0)
        #expect(try await files.respond(to: request).status == .notFound)
        #expect(rename(scene.folder.path("away"), scene.folder.path("0")) == 0)
        #expect(try await files.respond(to: request).status == .success)
    }

    @Test("Folders that are served no longer make room")
    func released() throws {
        let folder = try TemporaryDirectory()
        let openFolders = OpenFolders { 4 }
        var roots: [RootDirectory] = []
        for _ in 0..<10 {
            roots = try (0..<4).map { _ in
                try RootDirectory(at: FolderPlace(path: folder.path), openFolders: openFolders)
            }
            #expect(roots.count { $0.holdsDescriptor } == 4)
        }
    }

    @Test("Many threads at few descriptors")
    func busy() async throws {
        let scene = try Scene(16, limit: 3)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for step in 0..<500 {
                        let number = (step * 7 + task) % 16
                        #expect((try? scene.text(number)) == "\(number)")
                    }
                }
            }
        }
        #expect(scene.openCount <= 3)
    }

    @Test("What was used last is kept, and what nobody asked for goes")
    func recentlyUsed() {
        var values = RecentlyUsed<Int, String>(capacity: 3)
        for key in 1...3 { values.insert("\(key)", for: key) }
        #expect(values.value(for: 1) == "1")
        values.insert("4", for: 4)
        #expect(values.value(for: 2) == nil)
        values.insert("3b", for: 3)
        #expect(values.count == 3)
        values.insert("5", for: 5)
        #expect(values.value(for: 1) == nil)
        #expect(values.value(for: 3) == "3b")
        #expect(values.value(for: 4) == "4")
        #expect(values.value(for: 5) == "5")
    }
}

extension RootDirectory {
    /// Whether the folder is open now, which looking does not change.
    fileprivate var holdsDescriptor: Bool {
        self.current.isOpen
    }
}
