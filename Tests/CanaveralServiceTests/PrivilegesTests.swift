#if os(Linux)
import CanaveralService
import Foundation
import NIOCore
import NIOPosix
import TestSupport
import Testing

/// A server that gives up the rights that it started with.
@Suite("Privileges", .timeLimit(.minutes(10)))
struct PrivilegesTests {
    private static let isRoot = geteuid() == 0

    /// A line of `/proc/…/status` for each thread.
    private static func lines(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap { thread in
            let text = try String(contentsOfFile: "/proc/self/task/\(thread)/status", encoding: .utf8)
            return text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
                .map { $0.split(whereSeparator: \.isWhitespace).dropFirst().joined(separator: " ") }
        }
    }

    @Test("Every thread becomes the user, for good", .enabled(if: Self.isRoot))
    func user() async throws {
        let folder = try TemporaryDirectory()
        let secret = try folder.write("secret", to: "key.pem")
        chmod(secret, 0o600)
        chmod(folder.path, 0o755)
        await #expect(processExitsWith: .success) { [secret = secret as String] in
            try LonelyProcess.run { try Self.becomeNobody(without: secret) }
        }
    }

    @Test("What owners and modes let a user do", .enabled(if: Self.isRoot))
    func rights() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write("", to: "a/b")
        let inside = folder.path("a")
        let user = try #require(try ServiceUser(user: "12345", group: "54321", isToBeAssumed: false))
        chmod(folder.path, 0o755)
        for (owner, group, mode, reads, writes, passes) in [
            (0, 0, 0o700, false, false, false), (0, 0, 0o711, false, false, true), (0, 0, 0o755, true, false, true),
            (0, 0, 0o777, true, true, true), (12345, 0, 0o700, true, true, true),
            (12345, 0, 0o077, false, false, false),
            (0, 54321, 0o750, true, false, true), (0, 54321, 0o707, false, false, false),
        ] as [(uid_t, gid_t, mode_t, Bool, Bool, Bool)] {
            #expect(chown(inside, owner, group) == 0 && chmod(inside, mode) == 0)
            let found = [ServiceUser.Access.read, .write, .pass].map { user.may($0, inside) }
            #expect(found == [reads, writes, passes], "\(owner) \(group) \(String(mode, radix: 8))")
            chmod(file, 0o644)
            #expect(user.may(.read, file) == passes && user.may(.write, file) == false)
        }
        #expect(user.may(.read, folder.path("no")) == nil)
    }

    private struct Difference: Error {
        var line = #line

        static func check(_ condition: Bool, line: Int = #line) throws {
            if !condition { throw Difference(line: line) }
        }
    }

    private static func becomeNobody(without secret: String) throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 3)
        guard let user = try ServiceUser(user: "nobody", group: nil) else { throw Difference() }
        try Hardening.apply()
        try user.assume()
        let threads = try Self.lines("Uid")
        try Difference.check(threads.count == 4)
        try Difference.check(Set(threads) == ["\(user.user) \(user.user) \(user.user) \(user.user)"])
        try Difference.check(Set(try Self.lines("Gid")).count == 1)
        try Difference.check(Set(try Self.lines("CapEff") + Self.lines("CapPrm")) == ["0000000000000000"])
        try Difference.check(try Self.lines("Groups").first == user.groups.map(String.init).joined(separator: " "))
        try Difference.check(setuid(0) != 0 && seteuid(0) != 0 && setgid(0) != 0)
        for loop in group.makeIterator() {
            let error = try loop.submit { open(secret, O_RDONLY) < 0 ? errno : 0 }.wait()
            try Difference.check(error == EACCES)
        }
    }

    @Test("A thread that does not become the user is noticed", .enabled(if: Self.isRoot))
    func retired() async {
        await #expect(processExitsWith: .success) {
            // Dispatch has retired the main thread of a test.
            let error = try #require(throws: PrivilegesError.self) {
                try #require(try ServiceUser(user: "nobody", group: nil)).assume()
            }
            try #require(error == .threads(1, "nobody"))
        }
    }

    @Test("A number needs no entry, and a group takes the place of the user's", .enabled(if: Self.isRoot))
    func numbers() async throws {
        let user = try #require(try ServiceUser(user: "65123", group: nil))
        #expect((user.user, user.group, user.groups) == (65123, 65123, [65123]))
        let other = try #require(try ServiceUser(user: "nobody", group: "65124"))
        #expect((other.group, other.groups) == (65124, [65124]))
        await #expect(processExitsWith: .success) {
            try LonelyProcess.run {
                try ServiceUser(user: "65123", group: "65124")?.assume()
                try Difference.check(getuid() == 65123 && getegid() == 65124)
            }
        }
    }

    @Test("Nobody is named, nobody is meant")
    func unnamed() throws {
        #expect(try ServiceUser(user: nil, group: nil) == nil)
    }

    @Test("Who is already the user needs no rights")
    func current() async throws {
        await #expect(processExitsWith: .success) {
            try LonelyProcess.run {
                if geteuid() == 0 { try ServiceUser(user: "65123", group: nil)?.assume() }
                let user = try ServiceUser(user: String(geteuid()), group: nil)
                try Difference.check(user?.isCurrent == true)
                try user?.assume()
                do {
                    _ = try ServiceUser(user: "65125", group: nil)
                    throw Difference()
                } catch PrivilegesError.notSuperuser("65125") {}
            }
        }
    }

    @Test("Whom a server cannot become is told of")
    func sentences() throws {
        #expect(throws: PrivilegesError.superuser("root")) { _ = try ServiceUser(user: "root", group: nil) }
        #expect(throws: PrivilegesError.superuser("0")) { _ = try ServiceUser(user: "0", group: nil) }
        for text in ["4294967295", "+5", "-1", "99999999999999999999"] {
            #expect(throws: PrivilegesError.badNumber(text)) {
                _ = try ServiceUser(user: text, group: nil, isToBeAssumed: false)
            }
            #expect(throws: PrivilegesError.badNumber(text)) {
                _ = try ServiceUser(user: "nobody", group: text, isToBeAssumed: false)
            }
        }
        #expect(throws: PrivilegesError.unknownUser("no one")) { _ = try ServiceUser(user: "no one", group: nil) }
        #expect(throws: PrivilegesError.unknownGroup("no one")) { _ = try ServiceUser(user: nil, group: "no one") }
        if Self.isRoot {
            #expect(throws: PrivilegesError.groupWithoutUser("65124")) {
                _ = try ServiceUser(user: nil, group: "65124")
            }
        }
        #expect(
            PrivilegesError.notSuperuser("gemini").description
                == "Only the superuser can become gemini: start the server as root, or as gemini without naming a user or group."
        )
    }

    @Test("No core dumps, no new privileges, and files for their user alone")
    func hardening() async throws {
        let folder = try TemporaryDirectory()
        await #expect(processExitsWith: .success) { [path = folder.path("file") as String] in
            try Hardening.apply()
            try #require(try Self.lines("NoNewPrivs").contains("1"))
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
            try #require(limit.rlim_max == 0)
            close(open(path, O_WRONLY | O_CREAT, 0o666))
            var status = stat()
            try #require(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
    }

    @Test("In another root, what lies outside is not there", .enabled(if: Self.isRoot))
    func root() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("inside", to: "jail/capsule/index.gmi")
        try folder.write("outside", to: "outside.gmi")
        try folder.link("link", to: "jail/capsule")
        let root = try ChangedRoot(folder.path("jail"))
        #expect(root.path(of: folder.path("jail/capsule")) == "/capsule")
        #expect(root.path(of: folder.path("link")) == "/capsule")
        #expect(root.path(of: folder.path("jail/state")) == "/state")
        #expect(root.path(of: folder.path("jail")) == "/")
        #expect(root.path(of: folder.path("outside.gmi")) == nil)
        #expect(root.path(of: folder.path("jailhouse")) == nil)
        #expect(root.remarks(resolvesNames: true, runsPrograms: true).count == 2)
        #expect(root.remarks(resolvesNames: false, runsPrograms: false).isEmpty)
        await #expect(processExitsWith: .success) { [path = folder.path as String] in
            try LonelyProcess.run { try Self.enter(path) }
            try #require(access(path + "/jail/proc/self", F_OK) != 0)
        }
    }

    private static func enter(_ path: String) throws {
        guard let user = try ServiceUser(user: "nobody", group: nil) else { throw Difference() }
        try user.assume(in: ChangedRoot(path + "/jail"))
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let results = try group.any().submit {
            ["/capsule", path + "/outside.gmi", "/../outside.gmi"].map { (path: String) in access(path, F_OK) }
        }.wait()
        try Difference.check(results == [0, -1, -1])
        try Difference.check(access("/proc/self/stat", R_OK) == 0)
        try Difference.check(chroot("/capsule") != 0)
    }

    @Test("A root that cannot be is told of", .enabled(if: Self.isRoot))
    func badRoot() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write("", to: "file")
        for path in ["relative", "/", "//", file] {
            #expect(throws: PrivilegesError.badRoot(path)) { _ = try ChangedRoot(path) }
        }
        #expect(throws: PrivilegesError.unreachableRoot("/nowhere", errno: ENOENT)) { _ = try ChangedRoot("/nowhere") }
    }
}
#endif
