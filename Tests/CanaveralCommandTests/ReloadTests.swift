import Foundation
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

/// What signals and changed files do to a running server with a configuration file.
@Suite("A running server and its configuration", .timeLimit(.minutes(10)))
struct ReloadTests {
    @Test("SIGHUP brings what the file says now; a broken file changes nothing, and is told of with its lines")
    func reload() async throws {
        let site = try Site(["index.gmi": "# Home\n", "b/index.gmi": "# B\n"])
        let other = "[[host]]\nname = \"b.localhost\"\nroot = \"../capsule/b\"\n"
        try await site.serve(configured: Site.host) { server async throws in
            #expect(try await server.answer(of: "b.localhost").header.hasPrefix("53 "))
            try site.configure("language = \"en\"\n" + Site.host + other)
            try await server.reload()
            #expect(try await server.answer(of: "b.localhost").text == "20 text/gemini; lang=en\r\n# B\n")

            for broken in [
                "langauge = \"de\"\n" + Site.host, "[[host", "language = \"de\"\n",
                "[[host]]\nname = \"localhost\"\nroot = \"missing\"\n",
                "[[host]]\nname = \"localhost\"\nroot = \"../capsule\"\ncertificate = \"missing.pem\"\n",
            ] {
                try site.configure(broken)
                try await server.reload(taken: false)
                #expect(try await server.answer(of: "b.localhost").header == "20 text/gemini; lang=en")
            }
            #expect(server.program.errors.contains("\(site.configurationFile):2: langauge: There is no such setting"))
            #expect(server.program.errors.contains("etc/missing cannot be served"))

            try site.configure(Site.host)
            try await server.reload()
            #expect(try await server.answer(of: "b.localhost").header.hasPrefix("53 "))
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini")
            #expect(try await server.stop() == .exit(0))
        }
    }

    @Test("A reload tells everything at once: what is written wrong, what is not there, and what overlaps")
    func everything() async throws {
        let site = try Site()
        try await site.serve(configured: Site.host) { server async throws in
            try site.configure("langauge = \"de\"\n[[host]]\nname = \"localhost\"\nroot = \"missing\"\n")
            try await server.reload(taken: false)
            #expect(server.program.errors.contains("\(site.configurationFile):2: langauge: There is no such setting"))
            #expect(server.program.errors.contains("\(site.configurationFile):5: localhost: "))
            #expect(server.program.errors.contains("etc/missing cannot be served"))

            try site.configure(
                Site.host,
                listening: "listen = \"127.0.0.1:29713\"\nmetrics = \"127.0.0.1:29713\"\n"
            )
            try await server.reload(taken: false)
            #expect(server.program.errors.contains("metrics: The server listens on 127.0.0.1:29713 for visitors"))
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini")
        }
    }

    @Test("What only a start can change is told of at a reload, and how many hosts came and went")
    func restart() async throws {
        let site = try Site()
        let more = ["b", "c"].map { "[[host]]\nname = \"\($0).localhost\"\nroot = \"../capsule\"\n" }
        try await site.serve(configured: Site.host) { server async throws in
            try site.configure("language = \"en\"\n" + Site.host)
            try await server.reload()
            #expect(!server.program.errors.contains("from its next start on"))
            #expect(!server.program.errors.contains("Of its hosts"))
            try site.configure("sandbox = false\nreuse-port = true\n" + Site.host + more.joined())
            try await server.reload()
            try await server.program.says("was read again. Of its hosts, 2 are new and 0 are gone.")
            #expect(
                server.program.errors.contains(
                    "'sandbox' and 'reuse-port' are not what the server was started with, and count from its next start on"
                ),
                "\(server.program.errors)"
            )
            try site.configure(more[0])
            try await server.reload()
            try await server.program.says("was read again. Of its hosts, 0 are new and 2 are gone.")
        }
    }

    @Test("An exchange that is under way ends under the configuration that it began with")
    func underWay() async throws {
        let site = try Site()
        try await site.serve(configured: Site.host) { server async throws in
            let old = try await server.connect()
            try await old.send("gemini://localhost/")
            try site.configure("language = \"en\"\n" + Site.host)
            try await server.reload()
            try await old.send("\r\n")
            #expect(try await old.readToEnd().header == "20 text/gemini")
            await old.close()
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini; lang=en")
        }
    }

    @Test("Fifty reloads under load, half of them of broken files: no request fails")
    func underLoad() async throws {
        let site = try Site()
        let answers = NIOLockedValueBox<(good: Int, other: [String])>((0, []))
        try await site.serve(configured: Site.host, alone: true) { server async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        while !Task.isCancelled {
                            let answer: String
                            do {
                                answer = try await server.answer(of: "localhost").text
                            } catch {
                                answer = "\(error)"
                            }
                            let isGood = answer.hasPrefix("20 text/gemini") && answer.hasSuffix("\r\n# Home\n")
                            answers.withLockedValue { if isGood { $0.good += 1 } else { $0.other.append(answer) } }
                            try? await Task.sleep(for: .milliseconds(40))
                        }
                    }
                }
                for number in 0..<50 {
                    let count = answers.withLockedValue { $0.good }
                    let language = number % 4 == 0 ? "language = \"en\"\n" : ""
                    let isBroken = number % 2 == 1
                    try site.configure(isBroken ? (number % 4 == 1 ? "[[host" : "hosts = 1\n") : language + Site.host)
                    try await server.reload(taken: !isBroken)
                    #expect(await eventually { answers.withLockedValue { $0.good >= count + 8 || !$0.other.isEmpty } })
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            let (good, other) = answers.withLockedValue { $0 }
            #expect(other == [] && good >= 400)
            // The last that was taken.
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini; lang=en")
            #expect(server.program.errors.ranges(of: " was read again.").count == 25)
            #expect(server.program.errors.ranges(of: " was not taken").count == 25)
            #expect(try await server.stop() == .exit(0))
        }
    }

    @Test("A certificate that is replaced on disk is shown, after SIGHUP at once; a broken pair keeps the old one")
    func certificates() async throws {
        let (first, second) = (try TestIdentity(), try TestIdentity())
        let site = try Site()
        try site.folder.write(try first.pem, to: "etc/a.pem")
        try await site.serve(configured: Site.host + "certificate = \"a.pem\"\n") { server async throws in
            #expect(try await server.certificate() == first.der)
            try site.folder.replace("etc/a.pem", with: "broken")
            try await server.reload(taken: false)
            #expect(try await server.certificate() == first.der)
            try site.folder.replace("etc/a.pem", with: second.pem)
            try await server.reload()
            #expect(try await server.certificate() == second.der)
            // Without a signal it is seen by itself.
            try site.folder.replace("etc/a.pem", with: first.pem)
            #expect(await eventually(within: .seconds(120)) { (try? await server.certificate()) == (try? first.der) })
        }
    }

    @Test("Without a configuration file, SIGHUP reads the certificates again")
    func withoutFile() async throws {
        let (first, second) = (try TestIdentity(), try TestIdentity())
        let site = try Site()
        try site.folder.write(try first.pem, to: "a.pem")
        try await site.serve("--cert", "a.pem") { server async throws in
            #expect(try await server.certificate() == first.der)
            try site.folder.replace("a.pem", with: second.pem)
            server.program.send(SIGHUP)
            try await server.program.says("The certificates were read again.")
            #expect(try await server.certificate() == second.der)
        }
    }

    @Test("SIGHUP brings another form of log, other policy, and other listeners")
    func more() async throws {
        let site = try Site()
        let log = "[log]\naccess = \"access.log\"\n"
        try await site.serve(configured: log + Site.host, ["--no-sandbox"]) { server async throws in
            _ = try await server.answer(of: "localhost")
            #expect(await eventually { site.content("etc/access.log")?.hasPrefix("127.0.0.1 [") == true })
            try site.configure(
                "deny-from = \"127.0.0.1\"\n[[listener]]\naddress = \"127.0.0.1:0\"\n\(log)format = \"json\"\naddresses = \"off\"\n"
                    + "[[listener]]\naddress = \"unix:s\"\n" + Site.host,
                listening: ""
            )
            try await server.reload()
            #expect(try await server.answer(of: "localhost").header.hasPrefix("50 "))
            #expect(
                await eventually { site.content("etc/access.log")?.split(separator: "\n").last?.hasPrefix("{") == true }
            )
            #expect(site.content("etc/access.log")?.ranges(of: "127.0.0.1").count == 1)
            let socket = try SocketAddress(unixDomainSocketPath: site.folder.path("etc/s"))
            let local = try await TestConnection.connect(to: socket)
            try await local.send("gemini://localhost/\r\n")
            // Who comes by a Unix socket has no address that could be denied.
            #expect(try await local.readToEnd().header == "20 text/gemini")
            await local.close()
        }
    }

    @Test("At SIGUSR1 the access log is opened again: a log that was moved away is left alone")
    func reopening() async throws {
        let site = try Site()
        try await site.serve(configured: "[log]\naccess = \"access.log\"\n" + Site.host) { server async throws in
            _ = try await server.answer(of: "localhost", "/before")
            #expect(await eventually { site.content("etc/access.log")?.contains("/before") == true })
            #expect(rename(site.folder.path("etc/access.log"), site.folder.path("etc/access.log.1")) == 0)
            _ = try await server.answer(of: "localhost", "/between")
            #expect(await eventually { site.content("etc/access.log.1")?.contains("/between") == true })
            server.program.send(SIGUSR1)
            #expect(await eventually { site.content("etc/access.log") != nil })
            _ = try await server.answer(of: "localhost", "/after")
            #expect(await eventually { site.content("etc/access.log")?.contains("/after") == true })
            #expect(site.content("etc/access.log.1")?.contains("/after") == false)
        }
    }

    @Test("A log whose folder is removed and made again: the log says what becomes of the lines, and what to do")
    func removedFolder() async throws {
        let site = try Site()
        try site.folder.makeFolder("etc/logs")
        for isClosed in [true, false] {
            let text = "sandbox = \(isClosed)\nlog = { access = \"logs/access.log\" }\n"
            try await site.serve(configured: text + Site.host) { server async throws in
                _ = try await server.answer(of: "localhost", "/before")
                #expect(await eventually { site.content("etc/logs/access.log")?.contains("/before") == true })
                #expect(rename(site.folder.path("etc/logs"), site.folder.path("etc/old")) == 0)
                try site.folder.makeFolder("etc/logs")
                server.program.send(SIGUSR1)
                _ = try await server.answer(of: "localhost", "/signal")
                guard isClosed, ServingProgram.hasSandbox else {
                    #expect(
                        try await eventually {
                            _ = try await server.answer(of: "localhost", "/after")
                            return site.content("etc/logs/access.log")?.contains("/after") == true
                        }
                    )
                    try FileManager.default.removeItem(atPath: site.folder.path("etc/old"))
                    return
                }
                try await server.program.says("cannot be opened again and goes on in the file that it has: ")
                try await server.program.says("access.log: Permission denied. Its folder is another than at the start")
                _ = try await server.answer(of: "localhost", "/after")
                #expect(await eventually { site.content("etc/old/access.log")?.contains("/after") == true })
                try FileManager.default.removeItem(atPath: site.folder.path("etc/old"))
                server.program.send(SIGUSR1)
                try await server.program.says("and its lines go to a file that was removed, where they are lost: ")
            }
        }
    }
}
