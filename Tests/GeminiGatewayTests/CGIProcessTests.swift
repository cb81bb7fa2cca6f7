import Foundation
import GeminiGateway
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("CGI: processes and their end")
struct CGIProcessTests {
    @Test("CG-03: a program that never answers is ended, with 42")
    func silent() async throws {
        var folder = try CGIFolder()
        folder.options.headerTimeout = .seconds(2)
        try folder.script("x", "echo $$ >pid; sleep 1000 & echo $! >child; wait")
        let (header, _) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(header == "42 CGI error")
        #expect(folder.log.contains("too long for its first line"))
        try await Self.expectGone(folder, ["pid", "child"])
    }

    @Test("A program that never ends is ended, and its response is not whole")
    func endless() async throws {
        var folder = try CGIFolder()
        folder.options.runTimeout = .seconds(2)
        try folder.script("x", "echo $$ >pid; echo '20 text/plain'; echo begun; sleep 1000")
        let (header, body) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(header == "20 text/plain")
        #expect(body.text == "begun\n")
        #expect(!body.isWhole)
        try await Self.expectGone(folder, ["pid"])
    }

    @Test("A grandchild that is left behind goes with the program, and holds nothing up")
    func grandchild() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "sleep 1000 & echo $! >child; echo '20 text/plain'; echo done")
        let (_, body) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(body.text == "done\n")
        #expect(body.isWhole)
        try await Self.expectGone(folder, ["child"])
    }

    @Test("What leaves the process group holds nothing up, though it lives on", .enabled(if: hasSetsid))
    func escaped() async throws {
        let folder = try CGIFolder()
        try folder.script(
            "x",
            "setsid sh -c 'echo $$ >child; exec sleep 30' & while ! [ -s child ]; do :; done; echo '20 text/plain'; echo done"
        )
        let (_, body) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(body.text == "done\n")
        #expect(body.isWhole)
        let id = try #require(await folder.line(of: "child"))
        #expect(CGIFolder.isRunning(id))
        kill(try #require(Int32(id)), SIGKILL)
    }

    @Test("A program that has closed its output and goes on is ended, and the response is whole")
    func goesOn() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo $$ >pid; echo '20 text/plain'; echo all; exec >&- 2>&-; sleep 1000")
        let (_, body) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(body.text == "all\n")
        #expect(body.isWhole)
        try await Self.expectGone(folder, ["pid"])
    }

    @Test("CG-06: a client that leaves ends the program, before its header and after it", arguments: [false, true])
    func cancelled(hasHeader: Bool) async throws {
        let folder = try CGIFolder()
        let header = hasHeader ? "echo '20 text/plain'; echo begun;" : ""
        try folder.script("x", "\(header) sleep 1000 & echo $! >child; echo $$ >pid; wait")
        let cgi = try folder.responder()
        let task = Task { try await cgi.answer("gemini://h/cgi-bin/x") }
        _ = try #require(await folder.line(of: "pid"))
        task.cancel()
        let (_, body) = try await task.value
        #expect(!hasHeader || !body.isWhole)
        try await Self.expectGone(folder, ["pid", "child"])
    }

    @Test("A response that nobody sends ends its program")
    func dropped() async throws {
        let folder = try CGIFolder()
        try folder.script("x", "echo $$ >pid; echo '20 text/plain'; sleep 1000")
        let cgi = try folder.responder()
        _ = try await cgi.respond(to: gatewayRequest("gemini://h/cgi-bin/x", basePath: "/cgi-bin"))
        try await Self.expectGone(folder, ["pid"])
    }

    @Test("A body over the limit is cut off")
    func tooMuch() async throws {
        var folder = try CGIFolder()
        folder.options.outputLimit = 100_000
        try folder.script("x", "echo $$ >pid; echo '20 text/plain'; exec cat /dev/zero")
        let (_, body) = try await folder.responder().answer("gemini://h/cgi-bin/x")
        #expect(!body.isWhole)
        #expect(body.text.utf8.count <= 100_000)
        try await Self.expectGone(folder, ["pid"])
    }

    @Test("A client that reads slowly holds the program back, and nothing piles up")
    func backPressure() async throws {
        let folder = try CGIFolder()
        try folder.script(
            "x",
            "echo '20 text/plain'; i=0; while [ $i -lt 64 ]; do head -c 65536 /dev/zero; i=$((i+1)); echo $i >>progress; done"
        )
        let cgi = try folder.responder()
        let response = try await cgi.respond(to: gatewayRequest("gemini://h/cgi-bin/x", basePath: "/cgi-bin"))
        guard case .stream(let produce) = response.body else {
            Issue.record("The body is no stream")
            return
        }
        let gate = Gate()
        let counter = Counter()
        let sending = Task {
            try await produce(
                ResponseWriter { bytes in
                    try await gate.wait()
                    await counter.add(bytes.readableBytes)
                }
            )
        }
        await gate.entered()
        // A pipe holds 64 KiB, and as much can have been read.
        try await Task.sleep(for: .milliseconds(200))
        let progress = (try? String(contentsOfFile: folder.files.path("progress"), encoding: .utf8)) ?? ""
        #expect(progress.split(separator: "\n").count < 8)
        gate.open()
        try await sending.value
        #expect(await counter.total == 64 * 65536)
    }

    @Test(
        "Only three descriptors are inherited, no signal is ignored, and no zombie or descriptor stays",
        .enabled(if: isLinux)
    )
    func inheritance() async throws {
        var folder = try CGIFolder()
        folder.options.confinement?.readable.append("/proc")
        try folder.script(
            "x",
            "echo '20 text/plain'; ls /proc/$$/fd; grep -E 'SigBlk|SigIgn|NoNewPrivs' /proc/self/status; ulimit -n; ulimit -c"
        )
        signal(SIGPIPE, SIG_IGN)
        let cgi = try folder.responder()
        let body = try await cgi.answer("gemini://h/cgi-bin/x").body.text
        let lines = body.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        // The shell keeps its script open as 10.
        #expect(Array(lines.filter { $0 != "10" && $0 != "255" }.prefix(3)) == ["0", "1", "2"])
        #expect(lines.contains("SigBlk: 0000000000000000"))
        // But for the two that the C library keeps for itself, 32 and 33, which nobody can set.
        let ignored = lines.first { $0.hasPrefix("SigIgn: ") }.flatMap { UInt64($0.dropFirst(8), radix: 16) }
        #expect(try #require(ignored) & ~0x1_8000_0000 == 0)
        #expect(lines.contains("NoNewPrivs: 1"))
        #expect(lines.suffix(2) == ["1024", "0"])
    }

    @Test("A program does not see the environment of the server", .enabled(if: isLinux))
    func environment() async throws {
        let folder = try CGIFolder()
        try folder.script(
            "x",
            "echo '20 text/plain'; cat /proc/$PPID/environ /proc/self/environ && echo seen; echo end"
        )
        let body = try await folder.responder().answer("gemini://h/cgi-bin/x").body.text
        #expect(body == "end\n")
    }

    @Test("Whoever comes when there are too many processes waits a while, then gets 41")
    func tooMany() async throws {
        var folder = try CGIFolder()
        folder.options.maximumProcesses = 2
        folder.options.queueTimeout = .milliseconds(300)
        try folder.script("slow", "echo '20 text/plain'; echo >>started; read line <fifo; echo done")
        try folder.script("fast", "echo '20 text/plain'; echo fast")
        #expect(mkfifo(folder.files.path("fifo"), 0o600) == 0)
        let cgi = try folder.responder()
        let slow = (0..<2).map { index in
            Task { try await cgi.answer("gemini://h/cgi-bin/slow", from: "10.10.1.\(index)") }
        }
        let path = folder.files.path("started")
        #expect(await eventually { (try? String(contentsOfFile: path, encoding: .utf8)) == "\n\n" })
        #expect(try await cgi.answer("gemini://h/cgi-bin/fast").header.hasPrefix("41 "))

        // One that waits gets the place of one that ends.
        folder.options.queueTimeout = .seconds(20)
        let fifo = open(folder.files.path("fifo"), O_RDWR)
        write(fifo, "\n\n", 2)
        for task in slow { #expect(try await task.value.body.text == "done\n") }
        close(fifo)
        #expect(try await cgi.answer("gemini://h/cgi-bin/fast").body.text == "fast\n")
    }

    @Test("One address has a quarter of the processes, and nobody waits behind it", .timeLimit(.minutes(10)))
    func share() async throws {
        var folder = try CGIFolder()
        folder.options.maximumProcesses = 8
        try folder.script("slow", "echo '20 text/plain'; echo >>started; read line <fifo; echo done")
        try folder.script("fast", "echo '20 text/plain'; echo fast")
        #expect(mkfifo(folder.files.path("fifo"), 0o600) == 0)
        let cgi = try folder.responder()
        let slow = (0..<2).map { _ in Task { try await cgi.answer("gemini://h/cgi-bin/slow") } }
        let path = folder.files.path("started")
        #expect(await eventually { (try? String(contentsOfFile: path, encoding: .utf8)) == "\n\n" })
        #expect(try await cgi.answer("gemini://h/cgi-bin/fast", from: "10.10.0.3").body.text == "fast\n")
        #expect(try await cgi.answer("gemini://h/cgi-bin/fast").header == "\(ClientShares.refusal.header)")

        let fifo = open(folder.files.path("fifo"), O_RDWR)
        write(fifo, "\n\n", 2)
        for task in slow { #expect(try await task.value.body.text == "done\n") }
        close(fifo)
        #expect(await eventually { (try? await cgi.answer("gemini://h/cgi-bin/fast").body.text) == "fast\n" })
    }

    @Test("Memory and time on a processor are limited", .enabled(if: isLinux))
    func limits() async throws {
        var folder = try CGIFolder()
        folder.options.memoryLimit = 64 << 20
        folder.options.processorLimit = .seconds(1)
        try folder.script("limits", "echo '20 text/plain'; ulimit -v; ulimit -t")
        try folder.script("spin", "while :; do :; done")
        let cgi = try folder.responder()
        #expect(try await cgi.answer("gemini://h/cgi-bin/limits").body.text == "65536\n1\n")
        #expect(try await cgi.answer("gemini://h/cgi-bin/spin").header == "42 CGI error")
    }

    @Test("Landlock: a program reaches its folder, the system's, and what it is granted", .enabled(if: hasLandlock))
    func confinement() async throws {
        let granted = try TemporaryDirectory()
        let secret = try TemporaryDirectory()
        try granted.write("shared\n", to: "data")
        try secret.write("secret\n", to: "data")
        var folder = try CGIFolder()
        folder.options.confinement = CGI.Confinement(readable: [granted.path])
        try folder.file("own", "own\n", mode: 0o644)
        try folder.script(
            "x",
            """
            echo '20 text/plain'
            cat own; cat \(granted.path)/data
            cat \(secret.path)/data || echo no secret
            cat /etc/passwd >/dev/null || echo no passwd
            echo x >own || echo no writing
            echo x >\(granted.path)/data || echo no granted writing
            kill -0 \(getpid()) || echo no signal
            """
        )
        let expected = "own\nshared\nno secret\nno passwd\nno writing\nno granted writing\n"
        let body = try await folder.responder().answer("gemini://h/cgi-bin/x").body.text
        #expect(body.hasPrefix(expected))
        folder.options.confinement = CGI.Confinement(writable: [granted.path])
        let other = try await folder.responder().answer("gemini://h/cgi-bin/x").body.text
        #expect(!other.contains("no granted writing"))
        folder.options.confinement = nil
        #expect(try await folder.responder().answer("gemini://h/cgi-bin/x").body.text.contains("secret\n"))
        folder.options.confinement = CGI.Confinement(readable: ["/nowhere"])
        #expect(throws: CGIError.self) { try folder.responder() }
    }

    @Test("Programs run as another user", .enabled(if: geteuid() == 0, "only root can switch users"))
    func user() async throws {
        var folder = try CGIFolder()
        folder.options.user = "nobody"
        chmod(folder.files.path, 0o755)
        try folder.script("x", "echo '20 text/plain'; id -u; id -g; id -G")
        let nobody = try #require(getpwnam("nobody")?.pointee)
        let lines = try await folder.responder().answer("gemini://h/cgi-bin/x").body.text.split(separator: "\n")
        #expect(lines.first == "\(nobody.pw_uid)")
        #expect(lines.dropFirst().first == "\(nobody.pw_gid)")
        #expect(lines.last?.split(separator: " ").contains("0") == false)
        folder.options.user = "no-such-user"
        #expect(throws: CGIError.unknownUser("no-such-user")) { try folder.responder() }
        folder.options.user = nil
        folder.options.group = "no-such-group"
        #expect(throws: CGIError.unknownGroup("no-such-group")) { try folder.responder() }
    }

    @Test("Many runs leave no process, no zombie and no descriptor", .enabled(if: isLinux))
    func nothingIsLeft() async throws {
        var folder = try CGIFolder()
        folder.options.queueTimeout = .seconds(120)
        try folder.script("x", "echo '20 text/plain'; sleep 1000 & echo fine")
        try folder.file("broken", "#!/nowhere\n")
        let cgi = try folder.responder()
        func run() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        let name = index.isMultiple(of: 4) ? "broken" : "x"
                        let (header, _) = try await cgi.answer("gemini://h/cgi-bin/\(name)")
                        #expect(header.hasPrefix(name == "x" ? "20" : "42"))
                    }
                }
                try await group.waitForAll()
            }
        }
        try await run()
        #expect(await eventually { Self.childrenOfFolder(folder).isEmpty })
    }

    /// Processes whose working directory is the folder.
    private static func childrenOfFolder(_ folder: CGIFolder) -> [String] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { id in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/cwd")) == folder.files.path
        }
    }

    private static func expectGone(_ folder: CGIFolder, _ names: [String]) async throws {
        for name in names {
            let id = try #require(await folder.line(of: name), "\(name)")
            #expect(await eventually { !CGIFolder.isRunning(id) }, "\(name)")
        }
    }
}

actor Counter {
    private(set) var total = 0

    func add(_ count: Int) { self.total += count }
}
