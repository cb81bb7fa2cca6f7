import GeminiFiles
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport

/// A server of files on loopback, over real TLS.
struct ServedFiles {
    let address: SocketAddress

    func connect(receiveBuffer: Int? = nil) async throws -> TestConnection {
        try await TestConnection.connect(to: self.address, receiveBuffer: receiveBuffer)
    }

    /// Asks for a path, and reads to the end.
    func get(_ path: String) async throws -> TestConnection.Transcript {
        let connection = try await self.connect()
        try await connection.send("gemini://localhost\(path)\r\n")
        let transcript = try await connection.readToEnd()
        await connection.drop()
        return transcript
    }
}

/// Runs a server for as long as the body takes.
func withServer(
    _ responder: some Responder,
    limits: Limits = Limits(),
    _ body: (ServedFiles) async throws -> Void
) async throws {
    let state = try TemporaryDirectory()
    let identity = try ServerIdentity.automatic(names: ["localhost"], directory: state.path("state"))
    var configuration = ServerConfiguration(
        addresses: [ListenAddress(host: "127.0.0.1", port: 0)],
        hosts: [VirtualHost(names: [try Host("localhost")], identity: identity, responder: responder)]
    )
    configuration.limits = limits
    let running = try await Server(configuration).start()
    do {
        try await body(ServedFiles(address: running.addresses[0]))
    } catch {
        await running.shutDown(grace: .zero)
        throw error
    }
    await running.shutDown(grace: .zero)
}
