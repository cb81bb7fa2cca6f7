import Canaveral
import CanaveralTesting
import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle
import TestSupport
import Testing

@testable import Canaveral

@Suite("The end of a capsule")
struct DrainingTests {
    /// A service that says when it ends.
    private struct Witness: Service {
        let name: String
        let events: NIOLockedValueBox<[String]>

        func run() async throws {
            try? await gracefulShutdown()
            self.events.withLockedValue { $0.append(self.name) }
        }
    }

    @Test("A response under way is finished, then the services end, the last one first, and without an error")
    func draining() async throws {
        let events = NIOLockedValueBox<[String]>([])
        let gate = Gate()
        let log = RecordingLog()
        var options = CapsuleOptions()
        options.addresses = [ListenAddress(host: "127.0.0.1", port: 0)]
        options.accessLog = .none
        options.logger = log.logger
        options.grace = .seconds(20)
        options.services = [Witness(name: "database", events: events), Witness(name: "jobs", events: events)]
        let identity = HostIdentity { .fixed(try Identity.generate(names: $0, at: .now)) }
        let capsule = try Capsule(identity: identity, options: options) { routes in
            routes.page("/") { _ in
                try await gate.wait()
                events.withLockedValue { $0.append("page") }
                return .text("whole")
            }
        }
        let group = capsule.serviceGroup(stoppedBy: [])
        let run = Task { try await group.run() }
        let port = try #require(await log.port())
        let connection = try await TestConnection.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: port))
        try await connection.send("gemini://localhost/\r\n".utf8)
        await gate.entered()
        await group.triggerGracefulShutdown()
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        #expect(
            await eventually {
                guard let late = try? await TestConnection.connect(to: address) else { return true }
                await late.drop()
                return false
            }
        )
        #expect(events.withLockedValue { $0 }.isEmpty)
        gate.open()
        let transcript = try await connection.readToEnd()
        #expect(transcript.text == "20 text/plain; charset=utf-8\r\nwhole" || transcript.text.hasSuffix("\r\nwhole"))
        #expect(transcript.closeNotify)
        await connection.close()
        try await run.value
        #expect(events.withLockedValue { $0 } == ["page", "jobs", "database"])
    }

    @Test("In a larger application a capsule runs its own services, and its broadcasts end before it does")
    func broadcasts() async throws {
        let events = NIOLockedValueBox<[String]>([])
        let log = RecordingLog()
        let chat = Broadcast<Gemtext>(history: 1)
        chat.publish("Hello")
        var options = CapsuleOptions()
        options.addresses = [ListenAddress(host: "127.0.0.1", port: 0)]
        options.accessLog = .none
        options.logger = log.logger
        options.grace = .seconds(3_600)
        options.services = [chat, Witness(name: "database", events: events)]
        let identity = HostIdentity { .fixed(try Identity.generate(names: $0, at: .now)) }
        let capsule = try Capsule(identity: identity, options: options) { routes in
            routes.page("/") { _ in .live(chat) }
        }
        let group = ServiceGroup(services: [capsule.service], logger: log.logger)
        let run = Task { try await group.run() }
        let port = try #require(await log.port())
        let connection = try await TestConnection.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: port))
        try await connection.send("gemini://localhost/\r\n".utf8)
        #expect(await eventually { chat.readers.count == 1 })
        await group.triggerGracefulShutdown()
        let transcript = try await connection.readToEnd()
        #expect(transcript.text.hasSuffix("Hello\n"))
        #expect(transcript.closeNotify)
        await connection.close()
        try await run.value
        #expect(events.withLockedValue { $0 } == ["database"])
    }

    @Test("A router that is the proxy goes by the capsule's clock")
    func proxyEnvironment() async throws {
        var options = CapsuleOptions()
        options.proxy = try Router { routes in
            routes.page("/") { context in .text("\(context.environment.now())") }
        }
        let capsule = try Capsule(options: options) { _ in }
        try await capsule.test(environment: .fixed()) { client async throws in
            #expect(try await client.get("https://example.org/").text == "2026-01-01T00:00:00Z")
        }
    }

    @Test("A host has an access log and an upload size of its own, or no log at all")
    func hosts() async throws {
        let common = RecordingAccessLog()
        let own = RecordingAccessLog()
        var options = CapsuleOptions()
        options.addresses = [ListenAddress(host: "127.0.0.1", port: 0)]
        options.accessLog = .sink(common)
        let identity = HostIdentity { .fixed(try Identity.generate(names: $0, at: .now)) }
        let responder = ClosureResponder { request in
            guard let upload = request.upload else { return .text("page") }
            return .text("\(try await upload.collect().readableBytes)")
        }
        var hosts = try ["a.localhost", "b.localhost", "c.localhost"].map {
            try CapsuleHost($0, identity: identity, acceptsUploads: true, responder: responder)
        }
        hosts[1].accessLog = .own(.sink(own))
        hosts[1].uploadSize = 5
        hosts[2].accessLog = .own(.none)
        let running = try await Capsule(hosts: hosts, options: options).start()
        for (host, upload) in [("a", "20"), ("b", "59"), ("c", "20")] {
            var tls = TestConnection.TLS()
            tls.serverName = "\(host).localhost"
            for line in ["gemini://\(host).localhost/", "titan://\(host).localhost/;size=6"] {
                let connection = try await TestConnection.connect(to: running.addresses[0], tls: tls)
                try await connection.send("\(line)\r\n\(line.hasPrefix("titan") ? "sixsix" : "")".utf8)
                let header = try await connection.readToEnd().header
                #expect(header.hasPrefix(line.hasPrefix("titan") ? upload : "20"), "\(line): \(header)")
                await connection.close()
            }
        }
        await running.shutDown(grace: .zero)
        func lines(_ log: RecordingAccessLog) -> [String] {
            log.entries.map { String(decoding: $0.requestLine, as: UTF8.self) }
        }
        #expect(lines(common).map { $0.contains("//a.localhost") } == [true, true])
        #expect(lines(own).map { $0.contains("//b.localhost") } == [true, true])
    }
}

extension RecordingLog {
    /// The port that a capsule says it serves on.
    fileprivate func port() async -> Int? {
        func find() -> Int? {
            self.messages.firstNonNil { message in
                guard message.text.hasPrefix("Serving gemini://localhost:") else { return nil }
                return Int(message.text.drop { !$0.isNumber }.prefix { $0.isNumber })
            }
        }
        _ = await eventually { find() != nil }
        return find()
    }
}

extension Sequence {
    fileprivate func firstNonNil<Value>(_ value: (Element) -> Value?) -> Value? {
        for element in self {
            if let value = value(element) { return value }
        }
        return nil
    }
}
