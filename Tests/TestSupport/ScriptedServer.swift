package import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
package import NIOSSL

/// A server on loopback that does what a script says, right or wrong, and keeps what each client did; made by
/// ``withScriptedServer``.
package final class ScriptedServer: Sendable {
    package typealias Script = @Sendable (ScriptedVisit) async throws -> Void

    /// How the server speaks TLS.
    package struct TLS: Sendable {
        package var identity: Identity
        package var versions: ClosedRange<TLSVersion> = .tlsv12 ... .tlsv13
        /// Whether a client without a certificate fails in the handshake.
        package var requiresCertificate = false

        package init(names: [String] = ["localhost"]) throws {
            self.identity = try Identity.generate(names: names, at: .now)
        }
    }

    private struct State {
        var visits: [ScriptedVisit] = []
        var open = 0
    }

    private let channel: any Channel
    private let script: Script
    private let state: NIOLockedValueBox<State>

    /// What the server showed, if it speaks TLS.
    package let identity: Identity?

    private init(channel: any Channel, script: @escaping Script, state: NIOLockedValueBox<State>, identity: Identity?) {
        self.channel = channel
        self.script = script
        self.state = state
        self.identity = identity
    }

    package var port: Int { self.channel.localAddress?.port ?? 0 }

    /// The connections so far, in the order in which they were accepted.
    package var visits: [ScriptedVisit] { self.state.withLockedValue { $0.visits } }

    /// The request lines so far.
    package var requests: [String] { self.visits.compactMap(\.requestLine) }

    /// Waits until no connection is open.
    ///
    /// - Returns: whether that was so within the time.
    package func becomesIdle(within limit: Duration = .seconds(60)) async -> Bool {
        await eventually(within: limit) { self.state.withLockedValue { $0.open } == 0 }
    }

    /// Waits until there are this many connections.
    package func visits(atLeast count: Int) async -> [ScriptedVisit] {
        _ = await eventually { self.visits.count >= count }
        return self.visits
    }

    static func start(
        host: String,
        port: Int,
        tls: TLS?,
        stopsReadingAt limit: Int?,
        script: @escaping Script
    ) async throws -> ScriptedServer {
        let state = NIOLockedValueBox(State())
        let contexts = try tls.map { TLSContexts(.init(fallback: try $0.makeContext())) }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let visit = try ScriptedVisit(
                        on: channel,
                        contexts: contexts,
                        number: state.withLockedValue { $0.visits.count },
                        stopsReadingAt: limit
                    )
                    state.withLockedValue {
                        $0.visits.append(visit)
                        $0.open += 1
                    }
                    channel.closeFuture.whenComplete { _ in state.withLockedValue { $0.open -= 1 } }
                    visit.run(script)
                }
            }
            .bind(host: host, port: port).get()
        return ScriptedServer(channel: channel, script: script, state: state, identity: tls?.identity)
    }

    func stop() async {
        try? await self.channel.close()
        for visit in self.visits { await visit.end() }
    }
}

extension ScriptedServer.TLS {
    fileprivate func makeContext() throws -> ServerTLSContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try self.identity.nioSSLCertificates().map { .certificate($0) },
            privateKey: .privateKey(try self.identity.nioSSLPrivateKey())
        )
        configuration.minimumTLSVersion = self.versions.lowerBound
        configuration.maximumTLSVersion = self.versions.upperBound
        configuration.certificateVerification =
            self.requiresCertificate ? .noHostnameVerification : .optionalVerification
        configuration.trustRoots = .certificates([])
        configuration.shutdownTimeout = .milliseconds(100)
        return try ServerTLSContext(configuration: configuration)
    }
}

/// Runs a scripted server for as long as the closure does.
///
/// - Parameters:
///   - host: the address to listen on.
///   - port: the port, any unless given.
///   - tls: how it speaks TLS, `localhost` with a new certificate unless given.
///   - isPlain: whether it speaks no TLS at all; then the script begins with the connection.
///   - alone: whether no other server of a test may run meanwhile.
///   - isSecond: whether it runs beside another server of the same test, whose turn it is already: a test that waited for
///     a second turn could wait for ever.
///   - limit: the bytes within TLS after which a connection is read no further, until the script asks for it.
///   - script: what it does in each connection, from the end of the handshake on; when it returns or throws, the
///     connection is left as it is until the client goes or the server stops.
package func withScriptedServer<Result>(
    host: String = "127.0.0.1",
    port: Int = 0,
    tls: ScriptedServer.TLS? = nil,
    isPlain: Bool = false,
    alone: Bool = false,
    isSecond: Bool = false,
    stopsReadingAt limit: Int? = nil,
    _ script: @escaping ScriptedServer.Script,
    _ body: (ScriptedServer) async throws -> Result
) async throws -> Result {
    func run() async throws -> Result {
        let tls = isPlain ? nil : try tls ?? ScriptedServer.TLS()
        let server = try await ScriptedServer.start(
            host: host,
            port: port,
            tls: tls,
            stopsReadingAt: limit,
            script: script
        )
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }
    return isSecond ? try await run() : try await withServerSlot(alone: alone, run)
}
