import GeminiProtocol
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL

/// Handing the answer to whoever waits for it, at the reader's pace.
extension ClientConnection {
    func begin(_ received: ReceivedResponseHeader) {
        let end = NIOLockedValueBox<Bool?>(nil)
        let new = PageBody.Producer.makeSequence(
            backPressureStrategy: .init(lowWatermark: 2, highWatermark: 4),
            finishOnDeinit: false,
            delegate: PageBody.Delegate(
                eventLoop: self.eventLoop,
                connection: NIOLoopBound(self, eventLoop: self.eventLoop)
            )
        )
        self.body = (new.source, end)
        self.deliver(received, body: PageBody(producer: new.sequence, end: end))
    }

    func deliver(_ received: ReceivedResponseHeader, body: PageBody?) {
        guard let presentation = self.presentation else { return }
        let session = TLSSession(
            version: self.tls?.tlsVersion == .tlsv13 ? .v1_3 : .v1_2,
            cipherSuite: self.cipherSuites?.cipherSuite,
            serverName: self.order.serverName
        )
        self.deliver(
            .success(ConnectionResponse(received: received, server: presentation, tls: session, body: body))
        )
    }

    func pass(_ bytes: ByteBuffer) {
        guard let source = self.body?.source, case .stopProducing = source.yield(bytes) else { return }
        self.isPaused = true
        self.machine.paused()
    }

    func resumeReading() {
        guard self.isPaused else { return }
        self.isPaused = false
        self.machine.resumed(now: .now())
        self.setTimer()
        if self.isReadHeld {
            self.isReadHeld = false
            self.context?.read()
        }
    }

    /// The reader has let go of the body, at its end or before.
    func readerLeft() {
        self.fail(.cancelled)
    }
}
