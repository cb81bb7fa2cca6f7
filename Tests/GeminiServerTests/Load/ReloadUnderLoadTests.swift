import GeminiProtocol
import GeminiTLS
import Logging
import NIOConcurrencyHelpers
import NIOSSL
import TestSupport
import Testing

@testable import GeminiServer

@Suite("Change under load", .timeLimit(.minutes(10)))
struct ReloadUnderLoadTests {
    private static let reloads = 50
    private static let pause = Duration.milliseconds(100)

    private struct Operator {
        let files: IdentityFiles
        let key: PrivateKey

        /// Puts new files in place: every other pair is broken, in one way or another.
        func write(_ number: Int, _ folder: TemporaryDirectory) throws {
            let identity = try Identity.generate(names: ["localhost"], key: self.key, at: .now)
            switch number % 4 {
            case 1: try folder.replace("cert.pem", with: String(identity.certificatesPEM.prefix(200)))
            case 3: try folder.replace("cert.pem", with: try Identity.generate(names: ["x"], at: .now).certificatesPEM)
            default: try folder.replace("cert.pem", with: identity.certificatesPEM)
            }
        }
    }

    @Test("100 requests a second and 50 reloads, half of them with broken files: no request fails")
    func load() async throws {
        let folder = try TemporaryDirectory()
        let key = PrivateKey.generate()
        let files = IdentityFiles(certificatePath: folder.path("cert.pem"), keyPath: folder.path("key.pem"))
        try files.save(try Identity.generate(names: ["localhost"], key: key, at: .now))
        let person = Operator(files: files, key: key)
        let configuration = { @Sendable (number: Int) throws in
            let host = VirtualHost(
                names: [try Host("localhost")],
                identity: try .files(certificate: files.certificatePath, key: files.keyPath),
                responder: .closure { _ in .text("\(number)") }
            )
            var configuration = ServerConfiguration(
                addresses: [ListenAddress(host: "127.0.0.1", port: 0)],
                hosts: [host]
            )
            configuration.limits.maximumConnectionsPerAddress = nil
            return configuration
        }
        let first = try configuration(0).hosts
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .none
        let context = try NIOSSLContext(configuration: tls)

        try await withServer(hosts: first, alone: true) { server in
            let isOver = NIOLockedValueBox(false)
            async let answers = Self.ask(server, context, until: isOver)
            var refused = 0
            for number in 1...Self.reloads {
                try person.write(number, folder)
                do {
                    try await server.running.reload(try configuration(number))
                } catch {
                    refused += 1
                }
                await server.running.reloadCertificates()
                try await Task.sleep(for: Self.pause)
            }
            isOver.withLockedValue { $0 = true }
            let seen = try await answers
            #expect(refused == Self.reloads / 2)
            #expect(seen.count > Self.reloads)
            #expect(seen.allSatisfy { $0.hasPrefix("20 text/plain\r\n") }, "\(seen.filter { !$0.hasPrefix("20") })")
            #expect(Set(seen).count > Self.reloads / 4, "many of the configurations were seen")
            #expect(await server.becomesIdle())
        }
    }

    /// Asks every ten milliseconds.
    ///
    /// - Returns: what came back for each request, or why nothing did.
    private static func ask(
        _ server: TestServer,
        _ context: NIOSSLContext,
        until isOver: NIOLockedValueBox<Bool>
    ) async throws -> [String] {
        try await withThrowingTaskGroup(of: String.self) { group in
            while !isOver.withLockedValue({ $0 }) {
                group.addTask {
                    do {
                        let connection = try await TestConnection.connect(
                            to: server.address,
                            context: context,
                            serverName: "localhost"
                        )
                        try await connection.send("gemini://localhost/\r\n")
                        let transcript = try await connection.readToEnd()
                        await connection.close()
                        return transcript.closeNotify ? transcript.text : "\(transcript)"
                    } catch {
                        return "\(error)"
                    }
                }
                try await Task.sleep(for: .milliseconds(10))
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
