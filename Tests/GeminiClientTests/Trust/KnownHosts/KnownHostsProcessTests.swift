import Foundation
import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

/// With real second processes, which flock(1) of util-linux helps to make.
@Suite("Known hosts of several processes", .enabled(if: Shell.hasLocks, "needs flock(1)"))
struct KnownHostsProcessTests {
    let directory = try! TemporaryDirectory()

    private var path: String { self.directory.path("known_hosts") }

    @Test("Changes of two processes at once are all kept")
    func changes() async throws {
        let knownHosts = KnownHosts(path: self.path)
        try await knownHosts.accept(try ShownServer().certificate, host: try Host("first.example"))
        let line = "known key=" + String(repeating: "ab", count: 32)
        // Reads, thinks, and replaces the file, as this library does.
        let other = try Shell(
            """
            for n in $(seq 40); do
                flock '\(self.path).lock' sh -c "cp '\(self.path)' '\(self.path).other' &&
                    echo 'their$n.example:1965 \(line)' >> '\(self.path).other' &&
                    mv '\(self.path).other' '\(self.path)'"
            done
            """
        )
        let fingerprint = Fingerprint(parsing: String(repeating: "cd", count: 32))
        for number in 1...40 {
            let host = KnownHost(
                host: try Host("our\(number).example"),
                port: 1965,
                fingerprint: fingerprint,
                publicKeyFingerprint: nil,
                notAfter: nil
            )
            #expect(try await knownHosts.add([host]) == [])
        }
        #expect(await other.exitCode() == 0)
        let names = Set(try await knownHosts.all().map(\.host.description))
        let expected = (1...40).flatMap { ["our\($0).example", "their\($0).example"] } + ["first.example"]
        #expect(names == Set(expected))
    }

    @Test("A change waits for another process's, and is made on top of it")
    func waits() async throws {
        try self.directory.write("", to: "known_hosts")
        let holder = try Shell(
            """
            exec 9>'\(self.path).lock'; flock 9; echo held; read go
            { echo '# Known hosts of Gemini servers, version 1'
              echo 'example.org:1965 known key=\(String(repeating: "ab", count: 32))'; } > '\(self.path)'
            """
        )
        #expect(await holder.line() == "held")
        let knownHosts = KnownHosts(path: self.path)
        let server = try ShownServer().shown()
        async let verdict = TrustOnFirstUse(knownHosts).judge(server)
        #expect(try await knownHosts.all() == [], "reading does not wait")
        holder.tell("go")
        guard case .refused(.changed) = await verdict else {
            Issue.record("the unknown host was judged by what was known before the other process was done")
            return
        }
        #expect(await holder.exitCode() == 0)
    }

    @Test("A process that keeps the lock for ever costs the change, not the thread")
    func impatience() async throws {
        let holder = try Shell("exec 9>'\(self.path).lock'; flock 9; echo held; read go")
        #expect(await holder.line() == "held")
        var file = LockedFile(path: self.path)
        file.patience = .milliseconds(20)
        await #expect(throws: StorageError.locked(path: self.path)) { try await KnownHosts(file).add([]) }

        let patient = Task { try await KnownHosts(path: self.path).add([]) }
        patient.cancel()
        await #expect(throws: StorageError.cancelled) { try await patient.value }
        holder.tell("go")
        #expect(await holder.exitCode() == 0)
        #expect(try await KnownHosts(file).add([]) == [], "the lock ended with its holder")
    }
}
