import NIOCore

/// The body of a Titan request on its way in, as decisions only: how much has come, what of it nobody has taken, and what
/// ended it before its time. A part of ``ConnectionStateMachine``.
struct IncomingUpload {
    enum Action: Equatable {
        case none
        /// Nothing is at hand: have the socket read, and the reader wait.
        case read
        /// Hand these bytes to the reader.
        case deliver(ByteBuffer)
        /// The body is whole, and everything was handed over.
        case end
        case fail(UploadError)
        /// Nobody will ever read this: answer at once.
        case refuse(UploadError)
    }

    /// The most bytes that are handed over at once.
    static let pieceSize = 64 * 1024

    private let isEdit: Bool
    private var count: UploadCount
    private var waiting = ByteBuffer()
    /// What ended it before its time.
    private(set) var failure: UploadError?
    /// Since when a reader has been waiting for bytes.
    private var awaitedSince: NIODeadline?
    /// Until when all of it must have come.
    private let end: NIODeadline

    /// - Parameter size: what follows the request line; `nil` for a request to edit, which nothing follows.
    init(size: Int?, end: NIODeadline) {
        self.isEdit = size == nil
        self.count = UploadCount(size: size ?? 0)
        self.end = end
    }

    /// Whether all of the body has come.
    var isComplete: Bool {
        self.count.isComplete
    }

    /// The bytes that wait for a reader.
    var buffered: Int {
        self.waiting.readableBytes
    }

    mutating func received(_ bytes: ByteBuffer) -> Action {
        guard self.failure == nil, bytes.readableBytes > 0 else { return .none }
        do {
            try self.count.add(bytes.readableBytes)
        } catch {
            return self.isEdit ? .refuse(.editWithBody) : self.fail(error)
        }
        if self.waiting.readableBytes == 0 {
            self.waiting = bytes
        } else {
            self.waiting.writeImmutableBuffer(bytes)
        }
        guard self.awaitedSince != nil else { return .none }
        self.awaitedSince = nil
        return .deliver(self.takePiece())
    }

    /// A reader wants the next bytes.
    mutating func asked(now: NIODeadline) -> Action {
        if let failure = self.failure { return .fail(failure) }
        if self.waiting.readableBytes > 0 { return .deliver(self.takePiece()) }
        if self.count.isComplete { return .end }
        self.awaitedSince = now
        return .read
    }

    /// The reader waits no longer.
    mutating func abandoned() {
        self.awaitedSince = nil
    }

    mutating func inputClosed() -> Action {
        do {
            try self.count.end()
            return .none
        } catch {
            return self.fail(error)
        }
    }

    /// Judges whether the client takes too long.
    mutating func looked(now: NIODeadline, stallTimeout: TimeAmount) -> Action {
        guard !self.count.isComplete else { return .none }
        if now >= self.end { return self.fail(.timedOut) }
        if let since = self.awaitedSince, now - since >= stallTimeout { return self.fail(.stalled) }
        return .none
    }

    /// When to look next.
    func nextLook(now: NIODeadline, interval: TimeAmount) -> NIODeadline {
        self.count.isComplete || self.failure != nil ? now + interval : min(now + interval, self.end)
    }

    private mutating func fail(_ error: UploadError) -> Action {
        guard self.failure == nil else { return .none }
        self.failure = error
        self.waiting = ByteBuffer()
        guard self.awaitedSince != nil else { return .none }
        self.awaitedSince = nil
        return .fail(error)
    }

    private mutating func takePiece() -> ByteBuffer {
        let piece = self.waiting.readSlice(length: min(self.waiting.readableBytes, Self.pieceSize)) ?? ByteBuffer()
        if self.waiting.readableBytes == 0 { self.waiting = ByteBuffer() }
        return piece
    }
}
