#if os(Linux)
import CLinux
@testable import CanaveralService
import Foundation
import NIOCore
import NIOPosix
import TestSupport
import Testing

/// A process that can reach what it was given, and nothing else.
@Suite("Sandbox", .enabled(if: clinux_landlock_version() > 0), .timeLimit(.minutes(10)))
struct SandboxTests {
    /// 0, or the error number of opening a file.
    private static func failure(_ path: String, _ flags: CInt = O_RDONLY) -> CInt {
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { return errno }
        close(descriptor)
        return 0
    }

    @Test("A sandboxed server cannot open /etc/passwd, in none of its threads")
    func passwd() async throws {
        let folder = try TemporaryDirectory()
        try folder.write("hello", to: "capsule/index.gmi")
        try folder.write("hidden", to: "key.pem")
        try #require(Self.failure("/etc/passwd") == 0)
        await #expect(processExitsWith: .success) { [folder = folder.path as String] in
            try Self.lookAround(in: folder)
        }
    }

    private static func lookAround(in folder: String) throws {
        var rules = SandboxRules()
        rules.read(folder + "/capsule")
        let outcome = try Sandbox.closeThread(with: rules)
        try #require(outcome != .unavailable)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        @Sendable func look() -> [CInt] {
            [
                "/etc/passwd", "/etc/shadow", folder + "/key.pem", folder + "/capsule/../key.pem",
                "/proc/1/environ",
                folder + "/capsule/index.gmi",
            ].map { Self.failure($0) } + [Self.failure(folder + "/capsule/new", O_WRONLY | O_CREAT)]
        }
        let expected = [EACCES, EACCES, EACCES, EACCES, EACCES, 0, EACCES]
        try #require(look() == expected)
        for loop in group.makeIterator() { try #require(loop.submit { look() }.wait() == expected) }
        try #require(pool.runIfActive(eventLoop: group.next()) { look() }.wait() == expected)
        try pool.syncShutdownGracefully()
        try group.syncShutdownGracefully()
    }

    @Test("It is not closed where there are threads that it would leave out")
    func threads() async {
        await #expect(processExitsWith: .success) {
            let pool = NIOThreadPool(numberOfThreads: 2)
            pool.start()
            let error = try #require(throws: SandboxError.self) { try Sandbox.close(with: SandboxRules()) }
            guard case .threads(let count) = error else { throw error }
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
            try #require(count > 2 && abs(threads - count) < 3)
            try #require(Self.failure("/etc/passwd") == 0)
        }
    }

    @Test("A program closes it at its start")
    func alone() async {
        await #expect(processExitsWith: .success) {
            try LonelyProcess.run {
                guard try Sandbox.close(with: SandboxRules()) != .unavailable, Self.failure("/etc/passwd") == EACCES
                else {
                    _exit(2)
                }
            }
        }
    }

    @Test("State is written, a log made anew, a socket made and removed, and only that")
    func writing() async throws {
        let folder = try TemporaryDirectory()
        for name in ["state", "logs", "run"] { try folder.makeFolder(name) }
        try folder.write("line\n", to: "logs/access.log")
        await #expect(processExitsWith: .success) { [folder = folder.path as String] in
            try Self.write(in: folder)
        }
    }

    private static func write(in folder: String) throws {
        var rules = SandboxRules()
        rules.write(folder + "/state")
        rules.append(to: folder + "/logs/access.log")
        rules.bind(socket: folder + "/run/gemini.sock")
        try #require(try Sandbox.closeThread(with: rules) != .unavailable)
        let (state, log) = (folder + "/state/certificates", folder + "/logs/access.log")
        try #require(mkdir(state, 0o700) == 0)
        try #require(Self.failure(state + "/new.pem", O_RDWR | O_CREAT) == 0)
        try #require(rename(state + "/new.pem", folder + "/state/cert.pem") == 0)
        try #require(unlink(folder + "/state/cert.pem") == 0)
        try #require(Self.failure(log, O_WRONLY | O_APPEND) == 0)
        try #require(Self.failure(log) == EACCES)
        try #require(unlink(log) != 0 && errno == EACCES)
        try #require(Self.failure(folder + "/logs/new.log", O_WRONLY | O_APPEND | O_CREAT) == 0)

        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = ServerBootstrap(group: group)
        let path = folder + "/run/gemini.sock"
        let channel = try server.bind(unixDomainSocketPath: path).wait()
        try ClientBootstrap(group: group).connect(unixDomainSocketPath: path).wait().close().wait()
        try channel.close().wait()
        // The event loop has removed it.
        try #require(access(path, F_OK) != 0)
        try #require(Self.failure(folder + "/run/file", O_WRONLY | O_CREAT) == EACCES)
        try group.syncShutdownGracefully()
    }

    @Test("TCP is for the ports that were named", .enabled(if: clinux_landlock_version() >= 4))
    func ports() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let backend = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let other = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        let ports = [backend, other].map { $0.localAddress!.port! }
        await #expect(processExitsWith: .success) { [ports = ports as [Int]] in
            try Self.connect(to: ports)
        }
        try await backend.close()
        try await other.close()
    }

    private static func connect(to ports: [Int]) throws {
        var rules = SandboxRules()
        rules.bindPorts = [0]
        rules.connectPorts = [UInt16(ports[0])]
        try #require(try Sandbox.closeThread(with: rules) != .unavailable)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = ServerBootstrap(group: group)
        let client = ClientBootstrap(group: group)
        try server.bind(host: "127.0.0.1", port: 0).wait().close().wait()
        try client.connect(host: "127.0.0.1", port: ports[0]).wait().close().wait()
        let refused = #expect(throws: IOError.self) {
            _ = try client.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: ports[1])).wait()
        }
        try #require(refused?.errnoCode == EACCES)
        let unbound = #expect(throws: IOError.self) {
            _ = try server.bind(host: "127.0.0.1", port: ports[1]).wait()
        }
        try #require(unbound?.errnoCode == EACCES)
        try group.syncShutdownGracefully()
    }

    @Test("What takes the place of a served folder is served, by another name or behind a link")
    func successors() async throws {
        let folder = try TemporaryDirectory()
        for name in ["sites/plain", "sites/next", "releases/1", "releases/2", "certificates/1", "elsewhere"] {
            try folder.write("x", to: name + "/file")
        }
        try folder.link("sites/linked", to: "../releases/1")
        try folder.link("sites/cert.pem", to: "../certificates/1/file")
        await #expect(processExitsWith: .success) { [folder = folder.path as String] in
            var rules = SandboxRules()
            rules.serve(folder + "/sites/plain")
            rules.serve(folder + "/sites/linked")
            rules.readFile(folder + "/sites/cert.pem")
            try #require(rules.remarks.isEmpty)
            try #require(try Sandbox.closeThread(with: rules) != .unavailable)
            for name in ["sites/plain", "sites/next", "releases/1", "releases/2", "certificates/1"] {
                try #require(Self.failure(folder + "/" + name + "/file") == 0)
            }
            try #require(Self.failure(folder + "/sites/cert.pem") == 0)
            try #require(Self.failure(folder + "/elsewhere/file") == EACCES)
        }
    }

    @Test(
        "A program that is started is in the sandbox too, and can take on rules of its own",
        arguments: [true, false]
    )
    func programs(areAllowed: Bool) async throws {
        await #expect(processExitsWith: .success) { [areAllowed = areAllowed as Bool] in
            var rules = SandboxRules()
            if areAllowed {
                rules.runPrograms(system: ["/bin", "/usr", "/lib", "/lib64"], devices: [], readable: [], writable: [])
            }
            try #require(try Sandbox.closeThread(with: rules) != .unavailable)
            var pid = pid_t()
            let words = ["/bin/sh", "-c", "test -r /bin/sh && ! cat /etc/passwd 2> /dev/null"]
            let arguments = words.map { strdup($0) } + [nil]
            let result = posix_spawn(&pid, words[0], nil, nil, arguments, [nil])
            guard areAllowed else {
                try #require(result == EACCES)
                return
            }
            try #require(result == 0)
            var status: CInt = -1
            try #require(waitpid(pid, &status, 0) == pid && status == 0)
            try #require(try Sandbox.closeThread(with: rules) != .unavailable)
        }
    }

    @Test("An older kernel confines as far as it goes", arguments: 1...6)
    func versions(_ version: Int) async throws {
        try #require(Int(clinux_landlock_version()) >= 6 || version <= Int(clinux_landlock_version()))
        await #expect(processExitsWith: .success) { [version = version as Int] in
            var rules = SandboxRules()
            rules.write(NSTemporaryDirectory())
            rules.bindPorts = [1965]
            let outcome = try Sandbox.closeThread(with: rules, version: version)
            try #require(outcome == .closed(version: version))
            try #require((outcome.remark == nil) == (version >= 4))
            try #require(Self.failure("/etc/passwd") == EACCES)
        }
    }

    @Test("Without Landlock the server runs unconfined, and says so")
    func unavailable() throws {
        let outcome = try Sandbox.closeThread(with: SandboxRules(), version: 0)
        #expect(outcome == .unavailable)
        #expect(outcome.remark?.contains("no Landlock") == true)
    }

    @Test("What is not there cannot be allowed")
    func missing() throws {
        var rules = SandboxRules()
        rules.read("/nowhere")
        #expect(throws: SandboxError.place("/nowhere", errno: ENOENT)) { try Sandbox.closeThread(with: rules) }
    }
}
#endif
