import NIOCore

/// Room for one connection at a time, with what is reused from one to the next.
struct Slot {
    let transport = SocketTransport()
    var current: Current?

    struct Current {
        var exchange: Exchange
        let socket: TCPSocket
        var tls: TLSConnection?
        let deadline: NIODeadline
        let isMeasured: Bool
    }
}
