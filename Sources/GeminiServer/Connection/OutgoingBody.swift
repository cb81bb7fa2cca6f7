import NIOCore

/// What is left to send of a body at hand: bytes in memory, or a file that is read piece by piece.
struct OutgoingBody {
    private enum Source {
        case bytes(ByteBuffer)
        case file(OpenFile, offset: Int64)
    }

    enum Progress {
        case ready
        /// The next bytes must be read by a thread that may block.
        case wouldWait
        /// The file has become shorter, or cannot be read any more.
        case failed
    }

    enum BlockingRead: Sendable {
        case bytes(ByteBuffer)
        case failed
    }

    private var source: Source
    /// Bytes still to be sent.
    private(set) var remaining: Int
    /// Whether a read of another thread is under way.
    private(set) var isWaitingForDisk = false

    init(bytes: ByteBuffer) {
        self.source = .bytes(bytes)
        self.remaining = bytes.readableBytes
    }

    init(file: OpenFile) {
        self.source = .file(file, offset: 0)
        self.remaining = Int(file.length)
    }

    /// Appends the next bytes, at most `count`, as far as that needs no waiting.
    mutating func appendNext(_ count: Int, to buffer: inout ByteBuffer) -> Progress {
        let count = min(count, self.remaining)
        guard count > 0 else { return .ready }
        switch self.source {
        case .bytes(var bytes):
            guard var piece = bytes.readSlice(length: count) else { return .failed }
            buffer.writeBuffer(&piece)
            self.source = .bytes(bytes)
            self.remaining -= count
            return .ready
        case .file(let file, let offset):
            switch file.readWithoutWaiting(count, at: offset, into: &buffer) {
            case .bytes(0):
                // Linux 5.9 and 5.10 say so of what is not in memory (preadv2(2), BUGS); a read that may wait knows.
                return .wouldWait
            case .failed:
                return .failed
            case .bytes(let read):
                self.source = .file(file, offset: offset + Int64(read))
                self.remaining -= read
                return .ready
            case .wouldWait:
                return .wouldWait
            }
        }
    }

    /// The read that a thread that may block is to do, or `nil` where one is under way.
    mutating func beginBlockingRead(_ count: Int) -> (@Sendable () -> BlockingRead)? {
        guard case .file(let file, let offset) = self.source, !self.isWaitingForDisk else { return nil }
        self.isWaitingForDisk = true
        let count = min(count, self.remaining)
        return {
            var buffer = ByteBufferAllocator().buffer(capacity: count)
            switch file.read(count, at: offset, into: &buffer) {
            case .bytes(let read) where read > 0: return .bytes(buffer)
            default: return .failed
            }
        }
    }

    mutating func endBlockingRead(_ read: Int) {
        guard case .file(let file, let offset) = self.source else { return }
        self.isWaitingForDisk = false
        self.source = .file(file, offset: offset + Int64(read))
        self.remaining -= read
    }
}
