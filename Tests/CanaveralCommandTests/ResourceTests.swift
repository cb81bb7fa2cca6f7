#if os(Linux)
import Foundation
import TestSupport
import Testing

/// What clients may cost the process.
@Suite("Memory and descriptors")
struct ResourceTests {
    /// The resident memory of a process in bytes.
    private static func residentMemory(of process: pid_t) throws -> Int {
        let pages = try String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8).split(separator: " ")
        return (Int(pages[1]) ?? 0) * Int(sysconf(CInt(_SC_PAGESIZE)))
    }

    @Test(
        "GP-122: clients that stop reading a file of 2 GiB cost less than 1 MiB each, and get what is in it later on"
    )
    func stalledClients() async throws {
        let clients = 20
        let site = try Site()
        // Numbers in front, then a hole that takes no place on the disk.
        let beginning = (0..<(1 << 18)).flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        let path = try site.folder.write(beginning, to: "capsule/large.bin")
        try #require(truncate(path, 2 << 30) == 0)
        try await site.serve(alone: true) { server async throws in
            // What the first connections make once stays: buffers, threads, tables.
            for _ in 0..<3 { _ = try await server.answer(to: "gemini://localhost/") }
            let process = server.program.processID
            let before = (memory: try Self.residentMemory(of: process), read: Self.bytesRead(by: process))
            var connections: [TestConnection] = []
            for _ in 0..<clients {
                let connection = try await server.connect(receiveBuffer: 65_536)
                try await connection.stopReading()
                try await connection.send("gemini://localhost/large.bin\r\n")
                connections.append(connection)
            }
            // The server has sent what goes into the buffers between when it does not read on.
            let isQuiet = await eventually {
                let now = Self.bytesRead(by: process)
                guard now - before.read > clients * 100_000 else { return false }
                try? await Task.sleep(for: .milliseconds(100))
                return Self.bytesRead(by: process) == now
            }
            #expect(isQuiet)
            let growth = try Self.residentMemory(of: process) - before.memory
            #expect(growth < clients << 20, "\(growth) bytes")

            for connection in connections {
                try await connection.resumeReading()
                let reply = try await connection.read(atLeast: beginning.count + 100_000)
                let body = reply.body
                #expect(Array(body.prefix(beginning.count)) == beginning)
                #expect(body.dropFirst(beginning.count).allSatisfy { $0 == 0 })
                await connection.drop()
            }
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
        }
    }

    /// The bytes that a process has read in system calls.
    private static func bytesRead(by process: pid_t) -> Int {
        let counters = (try? String(contentsOfFile: "/proc/\(process)/io", encoding: .utf8)) ?? ""
        return counters.split(separator: "\n").first { $0.hasPrefix("rchar: ") }.flatMap { Int($0.dropFirst(7)) } ?? 0
    }

    @Test("Asked for more connections than there are descriptors for, it takes fewer, and says so")
    func descriptors() async throws {
        let wrapper = ["/bin/sh", "-c", "ulimit -n 80; exec \"$@\"", "sh"]
        try await Site().serve(
            ["--max-connections", "1000", "--handshake-timeout", "60"],
            wrapper: wrapper,
            alone: true
        ) {
            server async throws in
            #expect(
                server.notice.contains("At most 24 connections are taken at once, not 1000")
                    && server.notice.contains("two of the 80 files") && server.notice.contains("LimitNOFILE="),
                "\(server.notice)"
            )
            var flood: [TestConnection] = []
            for _ in 0..<200 { flood.append(try await server.connect(nil)) }
            let descriptors = "/proc/\(server.program.processID)/fd"
            // Those over the number were let go; those within it leave room for their files.
            let refused = try await flood[199].readToEnd()
            #expect(refused.bytes.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: descriptors).count < 56)
            for connection in flood { await connection.drop() }
            for _ in 0..<20 {
                #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
            }
            #expect(
                await eventually {
                    (try? FileManager.default.contentsOfDirectory(atPath: descriptors).count) ?? 80 < 40
                }
            )
            #expect(try await server.stop() == .exit(0))
        }
    }

    @Test("With too few descriptors to serve anybody it says so, and ends with 78")
    func tooFew() async throws {
        let site = try Site()
        let program = try Program(
            ["capsule", "-p", "0"],
            wrapper: ["/bin/sh", "-c", "ulimit -n 40; exec \"$@\"", "sh"],
            environment: site.environment,
            workingDirectory: site.folder.path
        )
        #expect(try await program.end() == .exit(78))
        #expect(program.errors.contains("only 40 files open, too few"), "\(program.errors)")
    }

    @Test(
        "By default a flood takes half of the descriptors: those over that are let go, those within it served"
    )
    func defaultMaximum() async throws {
        let wrapper = ["/bin/sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"]
        try await Site().serve(["--handshake-timeout", "60"], wrapper: wrapper, alone: true) { server async throws in
            var flood: [TestConnection] = []
            for _ in 0..<80 { flood.append(try await server.connect(nil)) }
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
            for _ in 0..<20 { flood.append(try await server.connect(nil)) }
            let refused = try await flood[99].readToEnd()
            #expect(refused.bytes.isEmpty)
            #expect(!flood[0].transcript.ended)
            for connection in flood { await connection.drop() }
            #expect(
                await eventually { (try? await server.answer(to: "gemini://localhost/"))?.header == "20 text/gemini" }
            )
            #expect(try await server.stop() == .exit(0))
        }
    }

    @Test("--max-connections-per-address lets so many in and no more")
    func perAddress() async throws {
        try await Site().serve("--max-connections-per-address", "3") { server async throws in
            var connections: [TestConnection] = []
            for _ in 0..<3 { connections.append(try await server.connect()) }
            await #expect(throws: (any Error).self) { try await server.connect() }
            #expect(try await server.answer(to: "gemini://localhost/", over: "::1").header == "20 text/gemini")
            await connections[0].close()
            #expect(
                await eventually { (try? await server.answer(to: "gemini://localhost/"))?.header == "20 text/gemini" }
            )
            for connection in connections { await connection.drop() }
        }
    }
}
#endif
