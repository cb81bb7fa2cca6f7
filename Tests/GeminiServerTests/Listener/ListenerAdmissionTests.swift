import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("Who may connect", .timeLimit(.minutes(10)))
struct ListenerAdmissionTests {
    private static func connects(_ server: TestServer, from host: String) async throws -> Bool {
        let connection = try? await TestConnection.connect(
            to: server.address,
            from: try SocketAddress(ipAddress: host, port: 0)
        )
        guard let connection else { return false }
        try await connection.send("gemini://localhost/\r\n")
        let transcript = try await connection.readToEnd()
        await connection.close()
        return transcript.header == "20 text/gemini"
    }

    @Test("By the listener's rules, with no byte for anybody else")
    func rules() async throws {
        try await withServer {
            $0.listeners[0].allowedAddresses = AddressRules(allowed: ["127.0.0.0/30"], denied: ["127.0.0.2"])
        } _: { server async throws in
            #expect(try await Self.connects(server, from: "127.0.0.1"))
            #expect(try await Self.connects(server, from: "127.0.0.3"))
            for host in ["127.0.0.2", "127.0.0.4"] {
                #expect(try await !Self.connects(server, from: host))
                let connection = try await TestConnection.connect(
                    to: server.address,
                    tls: nil,
                    from: SocketAddress(ipAddress: host, port: 0)
                )
                let transcript = try await connection.readToEnd()
                #expect(transcript.bytes.isEmpty && transcript.ended)
            }
            #expect(server.running.connectionCount == 0)
        }
    }

    @Test("By the server's admission, asked once a connection before any byte of TLS")
    func admission() async throws {
        let admission = RecordingAdmission { $0?.ipAddress != "127.0.0.2" }
        try await withServer {
            $0.admission = admission
        } _: { server async throws in
            #expect(try await Self.connects(server, from: "127.0.0.1"))
            #expect(try await !Self.connects(server, from: "127.0.0.2"))
            #expect(admission.asked.map { $0?.ipAddress } == ["127.0.0.1", "127.0.0.2"])
        }
    }

    @Test("Each listener has rules of its own, and is known by its address")
    func several() async throws {
        var other = ListenerConfiguration(ListenAddress(host: "127.0.0.2", port: 0))
        other.allowedAddresses = AddressRules(denied: ["127.0.0.0/8"])
        try await withServer {
            $0.listeners.append(other)
            #expect($0.addresses == [ListenAddress(host: "127.0.0.1", port: 0), other.address])
            // What is set by address alone keeps its settings.
            $0.addresses.append(ListenAddress(host: "127.0.0.3", port: 0))
            #expect($0.listeners[1] == other)
            #expect($0.listeners[2] == ListenerConfiguration(ListenAddress(host: "127.0.0.3", port: 0)))
        } _: { server async throws in
            #expect(server.running.addresses.map(\.ipAddress) == ["127.0.0.1", "127.0.0.2", "127.0.0.3"])
            #expect(server.running.addresses[0].port == server.running.addresses[2].port)
            for (index, isOpen) in [true, false, true].enumerated() {
                let connection = try? await TestConnection.connect(to: server.running.addresses[index])
                #expect((connection != nil) == isOpen)
                await connection?.drop()
            }
        }
    }

    @Test("One address with two kinds of settings is a mistake")
    func listedTwice() async throws {
        let port = try await withServer { $0.port }
        var clear = ListenerConfiguration(ListenAddress(host: "localhost", port: port))
        clear.tls = false
        let secure = ListenerConfiguration(ListenAddress(host: "127.0.0.1", port: port))
        let configuration = ServerConfiguration(
            listeners: [secure, clear],
            hosts: [try makeHost(["localhost"], Recorder())]
        )
        let error = await #expect(throws: ListenError.self) { _ = try await Server(configuration).start() }
        #expect(error == .listedTwice(clear.address))
        #expect(
            error?.description
                == "localhost:\(port) is an address of two listeners with different settings: let each have its own."
        )
    }
}
