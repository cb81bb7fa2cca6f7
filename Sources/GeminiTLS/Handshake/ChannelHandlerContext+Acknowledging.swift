import CLinux
package import NIOCore

extension ChannelHandlerContext {
    /// Has the kernel acknowledge what has come, and what comes next, at once rather than with the next bytes to be sent.
    /// Holds until some have been sent.
    package func acknowledgeAtOnce() {
        #if os(Linux)
        (self.channel as? any SocketOptionProvider)?
            .unsafeSetSocketOption(level: .tcp, name: .init(rawValue: CInt(CLINUX_TCP_QUICKACK)), value: CInt(1))
            .whenFailure { _ in }
        #endif
    }
}
