import Foundation
import NIOConcurrencyHelpers
import TestSupport
import Testing

@Suite("Where it listens")
struct ListeningTests {
    @Test("With port 0 it picks one for both loopback addresses, and prints it in the URL")
    func pickedPort() async throws {
        try await Site().serve { server async throws in
            #expect(server.port > 0)
            #expect(server.values("At") == ["gemini://localhost:\(server.port)/"])
            #expect(server.values("Listening") == ["127.0.0.1:\(server.port)", "[::1]:\(server.port)"])
            for address in ["127.0.0.1", "::1"] {
                let reply = try await server.answer(to: "gemini://localhost:\(server.port)/", over: address)
                #expect(reply.header == "20 text/gemini" && reply.text.hasSuffix("# Home\n"), "\(address)")
            }
        }
    }

    @Test("In the clear no certificate is made or shown, and that is said")
    func inClear() async throws {
        let site = try Site()
        try await site.serve("--no-tls") { server async throws in
            #expect(server.values("No TLS").first?.hasPrefix("all is in the clear") == true, "\(server.notice)")
            for label in ["Certificate", "Fingerprint", "Public key"] {
                #expect(server.values(label).isEmpty, "\(label)")
            }
            let connection = try await server.connect(nil)
            try await connection.send("gemini://localhost/\r\n")
            #expect(try await connection.readToEnd().text == "20 text/gemini\r\n# Home\n")
            await connection.close()
        }
        #expect(!FileManager.default.fileExists(atPath: site.state + "/localhost.pem"))
    }

    @Test(
        "Flags that say which certificate is shown exclude --no-tls: a usage error, and nothing is made",
        arguments: [
            ["--cert", "nope"], ["--cert", "nope", "--key", "nope"], ["-g"], ["--cn", "x"], ["--san", "x.example"],
            ["--days", "3"],
        ]
    )
    func certificateInClear(_ flags: [String]) async throws {
        let site = try Site()
        let result = try await site.run(["capsule", "--no-tls", "-p", "0"] + flags)
        #expect(result.status == .exit(64))
        #expect(result.sentence?.hasPrefix("--no-tls and --") == true, "\(result.errors)")
        #expect(result.sentence?.contains(" exclude each other: ") == true, "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: site.state + "/localhost.pem"))
    }

    @Test("It listens where it is told to, with or without brackets, and nowhere else")
    func addresses() async throws {
        let site = try Site()
        try await site.serve("--host", "127.0.0.2") { server async throws in
            #expect(server.values("Listening") == ["127.0.0.2:\(server.port)"])
            #expect(try await server.answer(to: "gemini://localhost/", over: "127.0.0.2").header == "20 text/gemini")
            await #expect(throws: (any Error).self) { try await server.connect(to: "127.0.0.1") }
        }
        try await site.serve("-H", "[::1]", "-H", "127.0.0.1") { server async throws in
            #expect(server.values("Listening") == ["[::1]:\(server.port)", "127.0.0.1:\(server.port)"])
        }
    }

    @Test("localhost is both families, whatever the system resolves it to", arguments: ["localhost", "LocalHost"])
    func localhost(_ name: String) async throws {
        try await Site().serve("-H", name) { server async throws in
            #expect(server.values("Listening") == ["127.0.0.1:\(server.port)", "[::1]:\(server.port)"])
        }
    }

    @Test(
        "While all host names are loopback ones it listens for this machine only",
        arguments: [
            (["127.0.0.1"], ["127.0.0.1", "[::1]"]), (["::1", "localhost"], ["127.0.0.1", "[::1]"]),
            (["capsule.localhost"], ["127.0.0.1", "[::1]"]), (["127.0.0.2"], ["127.0.0.1", "[::1]", "127.0.0.2"]),
            (["localhost", "localhost.example"], ["0.0.0.0", "[::]"]), (["192.0.2.1"], ["0.0.0.0", "[::]"]),
        ] as [([String], [String])]
    )
    func loopbackNames(_ vector: (names: [String], addresses: [String])) async throws {
        try await Site().serve(vector.names.flatMap { ["--hostname", $0] }) { server async throws in
            #expect(server.values("Listening") == vector.addresses.map { "\($0):\(server.port)" })
            #expect(try await server.answer(to: "gemini://\(Self.inURL(vector.names[0]))/").header == "20 text/gemini")
        }
    }

    private static func inURL(_ host: String) -> String {
        host.contains(":") ? "[\(host)]" : host
    }

    @Test("An address that is named twice, by itself and by a name, is listened on once")
    func namedTwice() async throws {
        try await Site().serve("-H", "127.0.0.1", "-H", "localhost", "-H", "127.0.0.1") { server async throws in
            #expect(server.values("Listening").first == "127.0.0.1:\(server.port)")
            #expect(Set(server.values("Listening")).count == server.values("Listening").count)
        }
    }

    #if os(Linux)
    /// A network without IPv6, if this process may make one.
    private static let withoutIPv6 = [
        "/usr/bin/unshare", "--net", "/bin/sh", "-ec",
        "(ip link set lo up || ifconfig lo up) 2>&-; echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6; exec \"$@\"",
        "sh",
    ]

    /// A network in which the system has two ports to pick from, one of which another program has on ::1.
    private static let withTakenPort = [
        "/usr/bin/unshare", "--net", "--pid", "--fork", "--kill-child", "/bin/sh", "-ec",
        """
        (ip link set lo up || ifconfig lo up) 2>&-; echo 40000 40001 >/proc/sys/net/ipv4/ip_local_port_range
        "$1" -H ::1 -p 40001 capsule >/dev/null 2>&1 &
        until grep -q :9C41 /proc/net/tcp6; do sleep 0.02; done
        exec "$@"
        """,
        "sh",
    ]

    private static func canDoWithoutIPv6() -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.withoutIPv6[0])
        process.arguments = Self.withoutIPv6.dropFirst() + ["/bin/true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test(
        "Where there is no IPv6, it listens on IPv4, unless IPv6 was asked for by name",
        .enabled("A network of one's own takes unshare(1), ip(8) and the rights of the superuser.") {
            Self.canDoWithoutIPv6()
        }
    )
    func withoutIPv6() async throws {
        let site = try Site()
        try await site.serve([], wrapper: Self.withoutIPv6) { server async throws in
            #expect(server.values("Listening") == ["127.0.0.1:\(server.port)"])
        }
        let asked = try await withServerSlot {
            try await site.runAlongside(["capsule", "-p", "0", "-H", "::1"], wrapper: Self.withoutIPv6)
        }
        #expect(asked.status == .exit(1))
        #expect(asked.sentence?.contains("[::1]:0 is no address of this machine") == true, "\(asked.errors)")
    }

    @Test(
        "With port 0, one that is free on one address and taken on the other is not what is picked",
        .enabled("A network of one's own takes unshare(1), ip(8) and the rights of the superuser.") {
            Self.canDoWithoutIPv6()
        }
    )
    func pickedPortIsTaken() async throws {
        try await Site().serve([], wrapper: Self.withTakenPort) { server async throws in
            #expect(server.values("Listening") == ["127.0.0.1:40000", "[::1]:40000"])
        }
    }
    #endif

    @Test("Once a host name is given it listens on every address, and serves that name only")
    func names() async throws {
        try await Site().serve("--hostname", "Example.ORG", "--hostname", "caf\u{E9}.example") { server async throws in
            #expect(server.values("Listening") == ["0.0.0.0:\(server.port)", "[::]:\(server.port)"])
            #expect(
                server.values("At") == [
                    "gemini://example.org:\(server.port)/", "gemini://xn--caf-dma.example:\(server.port)/",
                ]
            )
            for (host, status) in [
                ("example.org", "20"), ("EXAMPLE.org.", "20"), ("caf\u{E9}.example", "20"),
                ("xn--caf-dma.example", "20"),
                ("localhost", "53"), ("www.example.org", "53"), ("127.0.0.1", "53"),
            ] {
                #expect(try await server.answer(to: "gemini://\(host)/").header.hasPrefix(status), "\(host)")
            }
        }
    }

    @Test("An address that is in use is one sentence that names it, and exit code 1")
    func inUse() async throws {
        let site = try Site()
        try await site.serve { server async throws in
            let second = try await site.runAlongside(["capsule", "-p", "\(server.port)"])
            #expect(second.status == .exit(1))
            #expect(second.sentence?.contains("127.0.0.1:\(server.port) is in use") == true, "\(second.errors)")
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
        }
    }

    @Test(
        "An address that this machine does not have is one sentence that names it, and exit code 1",
        arguments: ["203.0.113.77", "2001:db8::77"]
    )
    func noAddress(_ host: String) async throws {
        let result = try await Site().run("capsule", "-p", "0", "-H", host)
        #expect(result.status == .exit(1))
        #expect(result.sentence?.contains(host) == true, "\(result.errors)")
    }

    @Test("With --reuse-port a new process takes over from the old one while requests go on")
    func reusePort() async throws {
        let site = try Site()
        try await site.serve("--reuse-port") { old in
            let new = try Program(
                ["capsule", "-p", "\(old.port)", "--reuse-port"],
                environment: site.environment,
                workingDirectory: site.folder.path
            )
            try await new.says("Press Control-C to stop.")
            let clientCount = 4
            let isOver = NIOLockedValueBox(false)
            async let replies = withTaskGroup { clients in
                for _ in 0..<clientCount {
                    clients.addTask {
                        var headers: [String?] = []
                        while !isOver.withLockedValue({ $0 }) {
                            headers.append(try? await old.answer(to: "gemini://localhost/").header)
                        }
                        return headers
                    }
                }
                return await clients.reduce(into: []) { $0 += $1 }
            }
            try await old.program.prints("\"gemini://localhost/\" 20")
            try await new.prints("\"gemini://localhost/\" 20")
            #expect(try await old.stop() == .exit(0))
            let before = new.output.count
            #expect(await eventually { new.output.count > before + 1_000 })
            isOver.withLockedValue { $0 = true }
            let headers = await replies
            // One can come in the microseconds between the last look at the queue and its end.
            let lost = headers.count { $0 != "20 text/gemini" }
            #expect(lost <= 1, "\(lost) of \(headers.count)")
            new.send(SIGTERM)
            #expect(try await new.end() == .exit(0))
        }
    }
}
