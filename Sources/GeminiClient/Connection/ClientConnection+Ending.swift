import NIOCore
import NIOSSL

/// Deadlines, and the end of the connection.
extension ClientConnection {
    /// Says goodbye where TLS can, and closes the socket without waiting for an answer.
    func close() {
        self.release()
        for channel in self.attempts { channel.close(promise: nil) }
        self.attempts.removeAll()
        guard let context = self.context, let tls = self.tls else { return }
        let below = try? context.pipeline.syncOperations.context(handler: tls)
        if self.isSecured { context.close(mode: .output, promise: nil) }
        below?.close(promise: nil)
        self.endVerification(.failed)
    }

    /// Lets go of what would outlive the connection.
    func release() {
        self.timer?.task.cancel()
        self.timer = nil
        self.judging?.cancel()
        self.judging = nil
        self.uploading?.cancel()
        self.uploading = nil
    }

    /// Sees to it that a timer goes off at the machine's deadline, or before: then it is set again.
    func setTimer() {
        guard let deadline = self.machine.deadline else { return }
        if let timer = self.timer {
            guard deadline < timer.deadline else { return }
            timer.task.cancel()
        }
        let task = self.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.timerWentOff() }
        self.timer = (task, deadline)
    }

    func timerWentOff() {
        self.timer = nil
        switch self.machine.deadlineReached(now: .now()) {
        case .none:
            self.setTimer()
        case .fail(let error):
            self.tell(error)
            self.close()
        case .close:
            self.close()
        }
    }
}
