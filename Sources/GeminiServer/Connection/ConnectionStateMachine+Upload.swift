import GeminiProtocol
import NIOCore

/// The life of a connection with a Titan request, from the end of its line to the beginning of the response.
extension ConnectionStateMachine {
    /// The request that has just come is a Titan request, and is wanted: its body is kept for whoever reads it.
    ///
    /// - Parameter bytes: what came behind the line with it.
    /// - Returns: whether a responder is to be asked (`.none`), or what the client has sent already is too much.
    mutating func beginUpload(_ titan: TitanRequest, with bytes: ByteBuffer, now: NIODeadline) -> IncomingUpload.Action
    {
        guard case .responding = self.state else { return .none }
        let end = now + self.limits.uploadTimeout.timeAmount
        var upload = IncomingUpload(size: titan.parameters?.size, end: end)
        let action = upload.received(bytes)
        self.deadline = upload.nextLook(now: now, interval: self.lookInterval)
        let failure = upload.failure
        self.state = .uploading(upload)
        return failure.map { .refuse($0) } ?? action
    }

    mutating func receivedUpload(_ bytes: ByteBuffer) -> IncomingUpload.Action {
        guard case .uploading(var upload) = self.state else { return .none }
        self.state = .closed  // so that what waits has one owner while it grows
        let action = upload.received(bytes)
        self.state = .uploading(upload)
        return action
    }

    enum AskAction: Equatable {
        case upload(IncomingUpload.Action)
        /// The response has begun: there is nothing to read any more.
        case answered
    }

    /// A responder wants the next bytes of the body.
    mutating func uploadAsked(now: NIODeadline) -> AskAction {
        switch self.state {
        case .uploading(var upload):
            self.state = .closed
            let action = upload.asked(now: now)
            self.state = .uploading(upload)
            return .upload(action)
        case .responding, .draining:
            return .answered
        case .handshaking, .readingRequest, .closed:
            return .upload(.fail(.incomplete))
        }
    }

    /// The responder has stopped waiting for bytes.
    mutating func uploadAbandoned() {
        guard case .uploading(var upload) = self.state else { return }
        upload.abandoned()
        self.state = .uploading(upload)
    }

    /// The response begins, and ends the upload. What still comes of one that was not whole is dropped, within bounds.
    mutating func uploadAnswered(now: NIODeadline) {
        guard case .uploading(let upload) = self.state else { return }
        if !upload.isComplete {
            self.refused = RefusedUpload(
                allowance: self.limits.uploadSize,
                end: now + self.limits.stallTimeout.timeAmount
            )
        }
        self.beginResponse(now: now)
    }

    /// Counts bytes that are no part of a request.
    mutating func dropped(_ count: Int) -> ReceiveAction {
        switch self.state {
        case .responding, .draining:
            guard self.refused?.dropped(count) == false else { return .none }
            self.state = .closed
            return .cutOff
        case .handshaking, .readingRequest, .uploading, .closed:
            return .none
        }
    }

    /// Whether a client must wait with what it has to send until somebody reads.
    var holdsClientBack: Bool {
        guard case .uploading(let upload) = self.state else { return false }
        return !upload.isComplete
    }
}
