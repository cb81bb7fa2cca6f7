import Foundation
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import GeminiFiles

/// A folder whose place another takes while it is served.
@Suite("A folder that is replaced")
struct ReplacedFolderTests {
    /// A capsule whose time stands still.
    private struct Scene {
        let capsule: Capsule
        let log = RecordingLog()
        private let clock = NIOLockedValueBox(NIODeadline.uptimeNanoseconds(0))

        init(resolution: RootDirectory.Resolution = .kernel) throws {
            var options = Files.Options()
            options.logger = self.log.logger
            self.capsule = try Capsule(
                ["page.gmi": "old"],
                outside: ["new/page.gmi": "new", "file": ""],
                resolution: resolution,
                options: options,
                now: { [clock = self.clock] in clock.withLockedValue { $0 } }
            )
        }

        func wait(_ time: TimeAmount) {
            self.clock.withLockedValue { $0 = $0 + time }
        }

        func page() async throws -> String {
            try await self.capsule.get("/page.gmi").text
        }

        /// Moves what is at the root's path away, and something else there.
        func replace(by name: String) throws {
            let root = self.capsule.path(outside: "capsule")
            try FileManager.default.moveItem(atPath: root, toPath: root + ".old")
            try FileManager.default.moveItem(atPath: self.capsule.path(outside: name), toPath: root)
        }
    }

    @Test("Within a second the other one is served, and that is said", arguments: RootDirectory.Resolution.both)
    func replaced(_ resolution: RootDirectory.Resolution) async throws {
        let scene = try Scene(resolution: resolution)
        #expect(try await scene.page() == "old")
        try scene.replace(by: "new")
        scene.wait(.milliseconds(999))
        #expect(try await scene.page() == "old")
        scene.wait(.milliseconds(1))
        #expect(try await scene.page() == "new")
        scene.wait(.seconds(1))
        #expect(try await scene.page() == "new")
        #expect(scene.log.messages.map(\.text).count { $0.contains("There is another folder at ") } == 1)
    }

    @Test("A link that is pointed to another folder is followed there")
    func link() async throws {
        let capsule = try Capsule(["page.gmi": "old"], outside: ["new/page.gmi": "new"])
        let link = capsule.path(outside: "current")
        let clock = NIOLockedValueBox(NIODeadline.uptimeNanoseconds(0))
        #expect(symlink("capsule", link) == 0)
        let root = try RootDirectory(path: link, now: { clock.withLockedValue { $0 } })
        let files = Files(root: root, options: Files.Options())
        let request = try Request(line: RequestLine(GeminiURL("gemini://localhost/page.gmi")))
        #expect(try await files.respond(to: request).body.bytes == Array("old".utf8))
        #expect(symlink("new", link + ".new") == 0 && rename(link + ".new", link) == 0)
        clock.withLockedValue { $0 = $0 + .seconds(1) }
        #expect(try await files.respond(to: request).body.bytes == Array("new".utf8))
    }

    @Test("One that is moved away, with nothing in its place, is served on")
    func moved() async throws {
        let scene = try Scene()
        let root = scene.capsule.path(outside: "capsule")
        try FileManager.default.moveItem(atPath: root, toPath: root + ".elsewhere")
        scene.wait(.seconds(1))
        #expect(try await scene.page() == "old")
        #expect(scene.log.messages.isEmpty)
        try FileManager.default.moveItem(atPath: scene.capsule.path(outside: "new"), toPath: root)
        scene.wait(.seconds(1))
        #expect(try await scene.page() == "new")
    }

    @Test("What takes its place and cannot be served is told of once, and the old one served on")
    func unservable() async throws {
        let scene = try Scene()
        try scene.replace(by: "file")
        for _ in 1...3 {
            scene.wait(.seconds(1))
            #expect(try await scene.page() == "old")
        }
        #expect(scene.log.messages.map(\.text).count { $0.contains("cannot be served") } == 1)
    }

    @Test("An event loop does not look, but leaves that to a thread that may wait")
    func atOnce() async throws {
        let scene = try Scene()
        let request = try Request(line: RequestLine(GeminiURL("gemini://localhost/page.gmi")))
        try scene.replace(by: "new")
        scene.wait(.seconds(1))
        #expect(scene.capsule.files.respondAtOnce(to: request) == nil)
        #expect(try await scene.page() == "new")
        // Now there may be an answer; where the system has to wait for its disk, there is none, which is no fault.
        if let response = scene.capsule.files.respondAtOnce(to: request) {
            #expect(try response.body.bytes == Array("new".utf8))
        }
    }
}
