import GeminiProtocol
import NIOCore
import NIOSSL

extension ClientConnection {
    /// Asks the policy about the server, and the user about showing an identity in clear, off the event loop.
    func judge(_ certificates: [NIOSSLCertificate], isInClear: Bool) {
        let presentation = ServerPresentation(
            host: self.order.host.withoutTrailingDot,
            port: self.order.port,
            certificates: certificates.compactMap { ServerCertificate($0) },
            time: self.order.now()
        )
        self.presentation = presentation
        let order = self.order
        let eventLoop = self.eventLoop
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        self.judging = Task {
            let judgement = await order.judge(presentation, isInClear: isInClear)
            eventLoop.execute { connection.value.judged(judgement, presentation) }
        }
    }

    private func judged(_ judgement: ConnectionOrder.Judgement, _ presentation: ServerPresentation) {
        self.judging = nil
        switch judgement {
        case .trusted:
            self.endVerification(.certificateVerified)
        case .refused(let problem):
            guard case .tellAndClose = self.machine.failed() else { return }
            self.deliver(.failure(.untrusted(problem, presentation)))
            self.refuse()
        case .inClear:
            guard case .tellAndClose = self.machine.failed() else { return }
            self.deliver(.failure(.failed(.identityInClear(self.order.host))))
            self.refuse()
        }
    }

    /// Has TLS tell the server with an alert, and close.
    private func refuse() {
        self.release()
        self.endVerification(.failed)
    }
}

extension ConnectionOrder {
    enum Judgement {
        case trusted
        case refused(TrustProblem)
        case inClear
    }

    func judge(_ presentation: ServerPresentation, isInClear: Bool) async -> Judgement {
        switch await self.trust.judge(presentation) {
        case .trusted: break
        case .refused(let problem): return .refused(problem)
        case .undecided: return .refused(.undecided(presentation.certificate))
        }
        if isInClear, let identity = self.identity, let confirm = self.confirmIdentityInClear {
            return await confirm(identity, presentation) ? .trusted : .inClear
        }
        return .trusted
    }
}
