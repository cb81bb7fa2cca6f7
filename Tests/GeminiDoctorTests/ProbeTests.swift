import Foundation
import NIOSSL
import Testing

@testable import GeminiProbe

@Suite("The probe", .timeLimit(.minutes(10)))
struct ProbeTests {
    private static func address(_ server: FaultyServer) throws -> NetworkAddress {
        try #require(try NetworkAddress.resolve("127.0.0.1", port: server.port).first)
    }

    /// What a server does after a request, to its end.
    private static func events(_ fault: Fault) async throws -> [ProbeConnection.Event] {
        try await FaultyServer.run(fault) { server in
            let address = try Self.address(server)
            return try await onThread { () -> Result<[ProbeConnection.Event], ProbeError> in
                Result { () throws(ProbeError) in
                    let deadline = Deadline.after(.seconds(5))
                    let connection = try ProbeConnection(to: address, deadline: deadline)
                    try connection.startTLS(TLSContext(), serverName: "localhost", deadline: deadline)
                    try connection.send(Array("gemini://localhost/\r\n".utf8), deadline: deadline)
                    var events: [ProbeConnection.Event] = []
                    while true {
                        let event = connection.next(deadline: .after(.seconds(1)))
                        events.append(event)
                        switch event {
                        case .bytes, .closeNotify: continue
                        default: return events
                        }
                    }
                }
            }.get()
        }
    }

    @Test("close_notify, FIN, RST and silence are told apart")
    func ends() async throws {
        let home = ProbeConnection.Event.bytes(Array(SoundAnswer.home.utf8))
        #expect(try await Self.events(.none) == [home, .closeNotify, .finished])
        #expect(try await Self.events(.with(\.end, .finished)) == [home, .finished])
        #expect(try await Self.events(.with(\.end, .never)) == [home, .silence])
        #expect(try await Self.events(.with(\.end, .reset)).last == .reset)
    }

    @Test("An alert in the handshake is told by its name")
    func alert() async throws {
        try await FaultyServer.run(.with(\.tls) { $0.minimumTLSVersion = .tlsv13 }) { server in
            let address = try Self.address(server)
            let error = await onThread { () -> ProbeError? in
                do throws(ProbeError) {
                    let deadline = Deadline.after(.seconds(5))
                    let connection = try ProbeConnection(to: address, deadline: deadline)
                    let context = try TLSContext(TLSSettings(versions: .v1_2 ... .v1_2))
                    try connection.startTLS(context, serverName: nil, deadline: deadline)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(error == .alert(TLSAlert(code: 70)))
            #expect(error?.description == "the server sent the TLS alert protocol_version")
        }
    }

    @Test("Nothing outlives its deadline")
    func deadline() async throws {
        try await FaultyServer.run(.with(\.hello) { _ in .ignore }) { server in
            let address = try Self.address(server)
            let start = ContinuousClock.now
            let error = await onThread { () -> ProbeError? in
                do throws(ProbeError) {
                    let connection = try ProbeConnection(to: address, deadline: .after(.seconds(120)))
                    try connection.startTLS(TLSContext(), serverName: nil, deadline: .after(.milliseconds(200)))
                    return nil
                } catch {
                    return error
                }
            }
            #expect(error == .silence)
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test("A key that is none is an error, not a crash")
    func settings() {
        #expect(throws: ProbeError.settings(reason: "the key is no PKCS#8")) {
            try TLSContext(TLSSettings(identity: .init(certificates: [[1]], key: [2])))
        }
    }

    @Test("Many threads do the same work at once, and all of them end")
    func threads() async {
        let sum = await onThread { onThreads(50) { $0 }.reduce(0, +) }
        #expect(sum == 1225)
    }

    #if os(Linux)
    @Test("A connection that fails leaves no descriptor open")
    func descriptors() async throws {
        let port = try await FaultyServer.run(.none) { $0.port }
        let address = try #require(try NetworkAddress.resolve("127.0.0.1", port: port).first)
        let isClosed = await onThread { () -> Bool in
            // Other tests open descriptors meanwhile, though not five hundred.
            let before = Self.openDescriptors
            for _ in 0..<500 { _ = try? ProbeConnection(to: address, deadline: .after(.seconds(1))) }
            return Self.openDescriptors - before < 400
        }
        #expect(isClosed)
    }

    private static var openDescriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }
    #endif
}
