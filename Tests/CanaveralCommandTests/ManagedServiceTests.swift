import Foundation
import NIOCore
import TestSupport
import Testing

@Suite("Under a service manager", .timeLimit(.minutes(10)))
struct ManagedServiceTests {
    @Test("It is told how many hosts are served, and of a configuration that was refused")
    func status() async throws {
        let socket = try ManagerSocket()
        func nextStatus() async throws -> String? {
            var lines: [String] = []
            _ = await eventually {
                lines = socket.next()
                return !lines.isEmpty
            }
            return lines.last
        }
        let site = try Site()
        let environment = ["NOTIFY_SOCKET": socket.address]
        try await site.serve(configured: Site.host, environment: environment) { server async throws in
            #expect(try await nextStatus() == "STATUS=Serving 1 host.")
            for (text, status) in [
                ("langauge = 3\n", "Serving, but the last configuration was refused: see the log."),
                ("[[host]]\nname = \"b.localhost\"\nroot = \"../capsule\"\n", "Serving 2 hosts."),
                (
                    "[[host]]\nname = \"b.localhost\"\nroot = \"no\"\n",
                    "Serving, but the last configuration was refused: see the log."
                ),
                ("", "Serving 1 host."),
            ] {
                try site.configure(Site.host + text)
                server.program.send(SIGHUP)
                #expect(try await nextStatus() == "STATUS=Reading the configuration again.")
                #expect(try await nextStatus() == "STATUS=\(status)")
            }
            #expect(try await server.stop() == .exit(0))
            #expect(try await nextStatus() == "STATUS=Waiting for 0 connections.")
        }
    }

    @Test(
        "A reload may name logs and sockets in the folders that it keeps for them, and nowhere else that is new",
        .enabled(if: ServingProgram.hasSandbox)
    )
    func folders() async throws {
        let site = try Site()
        for folder in ["etc", "logs", "more", "run", "other"] { try site.folder.makeFolder(folder) }
        let environment = [
            "LOGS_DIRECTORY": "\(site.folder.path("more")):\(site.folder.path("logs"))",
            "RUNTIME_DIRECTORY": site.folder.path("run"),
        ]
        try await site.serve(configured: Site.host, environment: environment) { server async throws in
            let socket = "[[listener]]\naddress = \"unix:../run/socket\"\ntls = false\n"
            try site.configure("[log]\naccess = \"../logs/access.log\"\n" + socket + Site.host)
            try await server.reload()
            let local = try await TestConnection.connect(
                to: SocketAddress(unixDomainSocketPath: site.folder.path("run/socket")),
                tls: nil
            )
            try await local.send("gemini://localhost/logged\r\n")
            #expect(try await local.readToEnd().header == "51 Not found")
            await local.close()
            #expect(await eventually { site.content("logs/access.log")?.contains("/logged") == true })

            for more in [
                "[log]\naccess = \"../other/access.log\"\n", "[[listener]]\naddress = \"unix:../other/socket\"\n",
            ] {
                try site.configure(more + Site.host)
                try await server.reload(taken: false)
            }
            try await server.program.says("The sandbox is closed for \(site.folder.path("other"))")
        }
    }
}
