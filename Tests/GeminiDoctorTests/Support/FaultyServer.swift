import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport

/// A server on a loopback port that does one thing wrong, at any level down to the packets.
final class FaultyServer: Sendable {
    let port: UInt16
    private let listener: any Channel

    private init(_ listener: any Channel) {
        self.listener = listener
        self.port = UInt16(listener.localAddress?.port ?? 0)
    }

    /// Runs a server for as long as the closure does.
    ///
    /// - Parameter certificates: a chain other than a good one for `localhost`, with its key.
    static func run<Result>(
        _ fault: Fault,
        certificates: (chain: [NIOSSLCertificate], key: NIOSSLPrivateKey)? = nil,
        _ body: (FaultyServer) async throws -> Result
    ) async throws -> Result {
        try await withServerSlot { try await self.runAtOnce(fault, certificates: certificates, body) }
    }

    /// The same without waiting for a slot, for a test that has one.
    static func runAtOnce<Result>(
        _ fault: Fault,
        certificates: (chain: [NIOSSLCertificate], key: NIOSSLPrivateKey)? = nil,
        _ body: (FaultyServer) async throws -> Result
    ) async throws -> Result {
        let identity = try Identity.generate(names: ["localhost"], at: .now)
        let chain = try certificates?.chain ?? identity.nioSSLCertificates()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try certificates?.key ?? identity.nioSSLPrivateKey())
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .optionalVerification
        configuration.trustRoots = .certificates([])
        configuration.verifySignatureAlgorithms = [.ed25519, .ecdsaSecp256R1Sha256]
        configuration.shutdownTimeout = .milliseconds(600)
        fault.tls(&configuration)
        let fixed = configuration
        let context = try NIOSSLContext(configuration: fixed)
        let counters = NIOLockedValueBox(Counters())

        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = FirstBytesHandler(fault: fault, counters: counters) { isNew in
                        isNew ? try NIOSSLContext(configuration: fixed) : context
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        let listener = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(FaultyServer(listener))
            try await listener.close()
            return result
        } catch {
            try? await listener.close()
            throw error
        }
    }

    struct Counters {
        var connections = 0
        var served = 0
        var requests = 0
    }
}
