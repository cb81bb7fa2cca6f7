public import GeminiProtocol
public import NIOCore

/// What a streamed document can be made of, piece by piece: texts, gemtext, bytes.
public protocol StreamPiece: Sendable {
    /// The piece as it goes over the wire.
    var streamBytes: ByteBuffer { get }
}

extension ByteBuffer: StreamPiece {
    public var streamBytes: ByteBuffer {
        self
    }
}

extension String: StreamPiece {
    /// The text in UTF-8, as it is: no line break is added.
    public var streamBytes: ByteBuffer {
        ByteBuffer(string: self)
    }
}

extension Substring: StreamPiece {
    /// The text in UTF-8, as it is: no line break is added.
    public var streamBytes: ByteBuffer {
        ByteBuffer(substring: self)
    }
}

extension Gemtext: StreamPiece {
    public var streamBytes: ByteBuffer {
        ByteBuffer(bytes: self.bytes)
    }
}
