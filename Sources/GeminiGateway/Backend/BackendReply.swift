import GeminiProtocol
import NIOCore

/// What comes back from a daemon, as decisions only: header, body, end, and everything that can be wrong with them.
struct BackendReply: Sendable {
    enum Format: Sendable {
        /// The response as it is, to the end of the connection (SC-02).
        case plain
        /// In the records of FastCGI (FC-02).
        case records(FastCGIReader)
    }

    /// Whether anything has come.
    private(set) var hasBegun = false

    /// Whether the response has come to its end, and is whole.
    private(set) var isComplete = false

    /// Whether the connection is as good as new.
    private(set) var leavesConnection = false

    private var format: Format
    private var parser = GatewayResponseParser()
    private var body = ByteBuffer()
    private var bodyLeft: Int
    private let outputLimit: Int
    private var errorOutput: ErrorOutput

    init(_ format: Format, outputLimit: Int?, errorOutputLimit: Int) {
        self.format = format
        self.outputLimit = outputLimit ?? .max
        self.bodyLeft = self.outputLimit
        self.errorOutput = ErrorOutput(limit: errorOutputLimit)
    }

    /// The header, once it has come.
    var header: ResponseHeader? { self.parser.header }

    /// Takes what has come.
    mutating func receive(_ piece: ByteBuffer) throws(BackendError) {
        self.hasBegun = true
        guard case .records(var reader) = self.format else { return try self.output(piece) }
        defer { self.format = .records(reader) }
        var index = 0
        while true {
            let event: FastCGIReader.Event?
            do throws(FastCGIError) {
                event = try reader.next(in: piece.readableBytesUInt8Span, from: &index)
            } catch {
                throw .records(error)
            }
            switch event {
            case .output(let range):
                try self.output(piece.part(range))
            case .errorOutput(let range):
                self.errorOutput.append(piece.part(range).readableBytesView)
            case .end(let applicationStatus, let protocolStatus):
                try self.end(applicationStatus, protocolStatus)
                self.leavesConnection = index == piece.readableBytes
            case nil:
                return
            }
        }
    }

    /// The daemon has closed the connection.
    ///
    /// - Throws: if the response is not whole.
    mutating func closed() throws(BackendError) {
        guard !self.isComplete else { return }
        guard case .plain = self.format else {
            if self.hasBegun, self.header == nil { try self.requireHeader() }
            throw .endedEarly
        }
        try self.requireHeader()
        self.isComplete = true
    }

    /// What there is of the body.
    mutating func takeBody() -> ByteBuffer {
        defer { self.body = ByteBuffer() }
        return self.body
    }

    /// What the log is to be told.
    mutating func takeErrorLines(isAtEnd: Bool = false) -> [String] {
        self.errorOutput.takeLines(isAtEnd: isAtEnd || self.isComplete)
    }

    private mutating func output(_ piece: ByteBuffer) throws(BackendError) {
        let range: Range<Int>
        do throws(GatewayResponseError) {
            range = try self.parser.receive(piece.readableBytesUInt8Span)
        } catch {
            throw .response(error)
        }
        guard !range.isEmpty else { return }
        guard range.count <= self.bodyLeft else { throw .outputLimit(self.outputLimit) }
        self.bodyLeft -= range.count
        if self.body.readableBytes == 0 {
            self.body = piece.part(range)
        } else {
            self.body.writeImmutableBuffer(piece.part(range))
        }
    }

    private mutating func end(_ applicationStatus: UInt32, _ protocolStatus: UInt8) throws(BackendError) {
        switch protocolStatus {
        case 0: break
        case 2: throw .overloaded
        default: throw .refused(protocolStatus: protocolStatus)
        }
        // A refusal is whole without a body, whatever became of the program behind it.
        if applicationStatus != 0, self.header?.status.hasBody != false {
            throw .failed(applicationStatus: applicationStatus)
        }
        try self.requireHeader()
        self.isComplete = true
    }

    private mutating func requireHeader() throws(BackendError) {
        do throws(GatewayResponseError) {
            try self.parser.end()
        } catch {
            throw .response(error)
        }
    }
}

extension ByteBuffer {
    /// A part of what can be read, by its offsets, without a copy.
    fileprivate func part(_ range: Range<Int>) -> ByteBuffer {
        self.getSlice(at: self.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
