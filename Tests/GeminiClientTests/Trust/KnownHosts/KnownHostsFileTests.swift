import Foundation
import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Known hosts on disk")
struct KnownHostsFileTests {
    let directory = try! TemporaryDirectory()

    private var path: String { self.directory.path("known_hosts") }

    private func judge(_ knownHosts: KnownHosts, _ name: String = "example.org") async throws -> TrustVerdict {
        await TrustOnFirstUse(knownHosts).judge(try ShownServer([name]).shown(as: name))
    }

    private func content() throws -> String {
        try String(contentsOfFile: self.path, encoding: .utf8)
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("The default place follows the XDG specification")
    func defaultPath() {
        #expect(DataDirectory.path(environment: ["XDG_DATA_HOME": "/data", "HOME": "/home/v"]) == "/data/canaveral")
        #expect(
            DataDirectory.path(environment: ["XDG_DATA_HOME": "data", "HOME": "/home/v"])
                == "/home/v/.local/share/canaveral"
        )
        #expect(DataDirectory.path(environment: ["XDG_DATA_HOME": "", "HOME": "v"]) == nil)
    }

    @Test("The file and its folders are made with the first host, for the user alone")
    func permissions() async throws {
        let path = self.directory.path("a/b/known_hosts")
        let knownHosts = KnownHosts(path: path)
        #expect(try await knownHosts.all() == [])
        #expect(try await knownHosts.forget(try Host("example.org")) == false)
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(try await self.judge(knownHosts) == .trusted)
        #expect(try self.mode(path) == 0o600)
        #expect(try self.mode(self.directory.path("a")) == 0o700)
        #expect(try self.mode(self.directory.path("a/b")) == 0o700)
        #expect(try await KnownHosts(path: path).all().count == 1, "another process finds it")
    }

    @Test("A file keeps its mode, and a symbolic link its place")
    func modeAndLink() async throws {
        try self.directory.write("", to: "real/hosts")
        try self.directory.link("known_hosts", to: "real/hosts")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o640],
            ofItemAtPath: self.directory.path("real/hosts")
        )
        #expect(try await self.judge(KnownHosts(path: self.path)) == .trusted)
        #expect(try self.mode(self.directory.path("real/hosts")) == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: self.path) == "real/hosts")
        #expect(try await KnownHosts(path: self.directory.path("real/hosts")).all().count == 1)
    }

    @Test("What another process or an editor changed is seen at once")
    func cache() async throws {
        let (mine, theirs) = (KnownHosts(path: self.path), KnownHosts(path: self.path))
        for name in ["a.example", "b.example", "c.example"] {
            _ = try await self.judge(theirs, name)
            #expect(try await mine.lookup(try Host(name)) != nil)
            _ = try await self.judge(mine, "x.\(name)")
            #expect(try await theirs.lookup(try Host("x.\(name)")) != nil)
        }
        try FileManager.default.removeItem(atPath: self.path)
        #expect(try await mine.all() == [])
    }

    @Test("A failure at any step leaves the old file or the new one", arguments: LockedFile.Step.allCases)
    func crash(step: LockedFile.Step) async throws {
        #expect(try await self.judge(KnownHosts(path: self.path), "a.example") == .trusted)
        let before = try self.content()

        var file = LockedFile(path: self.path)
        file.hindrance = { $0 == step ? ENOSPC : nil }
        let failing = KnownHosts(file)
        let verdict = try await self.judge(failing, "b.example")
        guard case .refused(.unreadableKnownHosts(let reason)) = verdict else {
            Issue.record("a first contact that was not written down passed: \(verdict)")
            return
        }
        #expect(reason.contains(self.path))
        let isReplaced = step == .synchronizeFolder
        #expect((try self.content() == before) == !isReplaced)
        #expect(try await KnownHosts(path: self.path).all().count == (isReplaced ? 2 : 1))

        #expect(try await self.judge(KnownHosts(path: self.path), "c.example") == .trusted, "and it goes on")
        let names = try FileManager.default.contentsOfDirectory(atPath: self.directory.path)
        #expect(Set(names) == ["known_hosts", "known_hosts.lock"], "nothing is left behind")
    }

    @Test("A FIFO where the new file is written is an error, and not waited for", .timeLimit(.minutes(10)))
    func temporaryFIFO() async throws {
        try #require(mkfifo(self.path + ".new", 0o600) == 0)
        guard case .refused(.unreadableKnownHosts) = try await self.judge(KnownHosts(path: self.path)) else {
            Issue.record("a server passed")
            return
        }
    }

    @Test("What a process that was ended left half written is not read, and is overwritten")
    func leftover() async throws {
        try self.directory.write("# Known hosts of Gem", to: "known_hosts.new")
        #expect(try await KnownHosts(path: self.path).all() == [])
        #expect(try await self.judge(KnownHosts(path: self.path)) == .trusted)
        #expect(try await KnownHosts(path: self.path).all().count == 1)
    }

    @Test("A known server is trusted although the file cannot be written")
    func readOnly() async throws {
        let server = try ShownServer()
        let policy = TrustOnFirstUse(KnownHosts(path: self.path))
        #expect(await policy.judge(try server.shown()) == .trusted)
        var file = LockedFile(path: self.path)
        file.hindrance = { _ in EROFS }
        let readOnly = TrustOnFirstUse(KnownHosts(file))
        let later = ShownServer.now + .seconds(10 * 86_400)
        #expect(await readOnly.judge(try server.shown(at: later)) == .trusted)
        #expect(await readOnly.judge(try server.renewed().shown(at: later)) == .trusted)
        guard case .refused(.changed) = await readOnly.judge(try ShownServer().shown(at: later)),
            case .refused(.unreadableKnownHosts) = await readOnly.judge(try server.shown(port: 1966))
        else {
            Issue.record("somebody else passed")
            return
        }
    }

    @Test(
        "GP-172: a file that is damaged or something else refuses every server, and stays as it is",
        arguments: ["\0\0\0\0", "ssh-ed25519 AAAA", "# Known hosts of Gemini servers, version 2\n"]
    )
    func corrupt(content: String) async throws {
        try self.directory.write(content, to: "known_hosts")
        guard case .refused(.unreadableKnownHosts(let reason)) = try await self.judge(KnownHosts(path: self.path))
        else {
            Issue.record("a server passed")
            return
        }
        #expect(reason.contains(self.path) && !reason.contains("\n"))
        #expect(try self.content() == content)
        await #expect(throws: StorageError.self) { try await KnownHosts(path: self.path).add([]) }
    }

    @Test("A folder, a FIFO or a file that may not be read in its place refuses every server")
    func unreadable() async throws {
        try self.directory.makeFolder("known_hosts")
        guard case .refused(.unreadableKnownHosts) = try await self.judge(KnownHosts(path: self.path)) else {
            Issue.record("a server passed")
            return
        }
        try #require(mkfifo(self.directory.path("fifo"), 0o600) == 0)
        guard case .refused(.unreadableKnownHosts) = try await self.judge(KnownHosts(path: self.directory.path("fifo")))
        else {
            Issue.record("a server passed")
            return
        }
        let file = try self.directory.write("", to: "file")
        guard case .refused(.unreadableKnownHosts) = try await self.judge(KnownHosts(path: file + "/known_hosts"))
        else {
            Issue.record("a server passed")
            return
        }
    }

    @Test("Without the permission to read every server is refused", .enabled(if: geteuid() != 0, "root may read all"))
    func permissionDenied() async throws {
        _ = try await self.judge(KnownHosts(path: self.path))
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: self.path)
        guard case .refused(.unreadableKnownHosts(let reason)) = try await self.judge(KnownHosts(path: self.path))
        else {
            Issue.record("a server passed")
            return
        }
        #expect(reason.contains("Permission denied"))
    }

    @Test("A file larger than any is not read into memory")
    func tooLarge() async throws {
        try self.directory.write("", to: "known_hosts")
        try #require(truncate(self.path, off_t(LockedFile.largest + 1)) == 0)
        await #expect(throws: StorageError.tooLarge(path: self.path)) { try await KnownHosts(path: self.path).all() }
    }

    @Test("A line that cannot be read is told of by its number")
    func damagedLine() async throws {
        try self.directory.write("# Known hosts of Gemini servers, version 1\nexample.org:1965 kn", to: "known_hosts")
        let expected = StorageError.damagedLine(path: self.path, line: 2).description
        #expect(
            try await self.judge(KnownHosts(path: self.path)) == .refused(.unreadableKnownHosts(reason: expected))
        )
        #expect(try await self.judge(KnownHosts(path: self.path), "example.net") == .trusted)
    }
}
