import NIOCore
import NIOPosix

/// Says that every name is at these addresses.
struct LoopbackResolver: Resolver {
    let eventLoop: any EventLoop
    var v4 = ["127.0.0.1"]
    var v6: [String] = []
    /// Whether no answer ever comes.
    var isSilent = false

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        self.answer(self.v4, port)
    }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        self.answer(self.v6, port)
    }

    func cancelQueries() {}

    private func answer(_ addresses: [String], _ port: Int) -> EventLoopFuture<[SocketAddress]> {
        let delay = TimeAmount.hours(self.isSilent ? 1 : 0)
        return self.eventLoop.scheduleTask(in: delay) {
            try addresses.map { try SocketAddress(ipAddress: $0, port: port) }
        }.futureResult
    }
}
