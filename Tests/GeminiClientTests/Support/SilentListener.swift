import NIOCore
import NIOPosix

/// Occupies a port of `::1`, any unless given, with a listener that answers nobody: it accepts nothing, and its queue is
/// full.
func withSilentListener<Result>(port: Int = 0, _ body: (_ port: Int) async throws -> Result) async throws -> Result {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 1)
        .serverChannelOption(.autoRead, value: false)
        .bind(host: "::1", port: port).get()
    var waiting: [any Channel] = []
    func close() async {
        for channel in waiting + [listener] { try? await channel.close() }
    }
    do {
        guard let address = listener.localAddress, let port = address.port else {
            throw ChannelError.unknownLocalAddress
        }
        // Connections that nobody accepts, until one gets no answer.
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.milliseconds(200))
        while let channel = try? await bootstrap.connect(to: address).get() { waiting.append(channel) }
        let result = try await body(port)
        await close()
        return result
    } catch {
        await close()
        throw error
    }
}
