public import GeminiProtocol
public import NIOCore

extension TestStream {
    /// The bytes of a body as they come.
    public struct Chunks: AsyncSequence, Sendable {
        public typealias Element = ByteBuffer

        let page: OpenedPage

        public func makeAsyncIterator() -> Iterator {
            Iterator(page: self.page)
        }

        public struct Iterator: AsyncIteratorProtocol {
            let page: OpenedPage
            private var hasBegun = false

            init(page: OpenedPage) {
                self.page = page
            }

            public mutating func next() async throws -> ByteBuffer? {
                if !self.hasBegun {
                    self.hasBegun = true
                    if self.page.beginning.readableBytes > 0 { return self.page.beginning }
                }
                return try await self.page.inbox.next()
            }
        }
    }

    /// The lines of a page of gemtext as they come.
    public struct Lines: AsyncSequence, Sendable {
        public typealias Element = GemtextLine

        let chunks: Chunks

        public func makeAsyncIterator() -> Iterator {
            Iterator(chunks: self.chunks.makeAsyncIterator())
        }

        public struct Iterator: AsyncIteratorProtocol {
            var chunks: Chunks.Iterator
            private var parser = GemtextParser()
            private var ready: ArraySlice<GemtextLine> = []
            private var isAtEnd = false

            init(chunks: Chunks.Iterator) {
                self.chunks = chunks
            }

            public mutating func next() async throws -> GemtextLine? {
                while self.ready.isEmpty, !self.isAtEnd {
                    var lines: [GemtextLine] = []
                    if let chunk = try await self.chunks.next() {
                        self.parser.parse(chunk.readableBytesUInt8Span) { lines.append($0) }
                    } else {
                        self.isAtEnd = true
                        self.parser.finish { lines.append($0) }
                    }
                    self.ready = lines[...]
                }
                return self.ready.popFirst()
            }
        }
    }

    /// The lines of a page of text as they come.
    public struct TextLines: AsyncSequence, Sendable {
        public typealias Element = String

        let chunks: Chunks

        public func makeAsyncIterator() -> Iterator {
            Iterator(chunks: self.chunks.makeAsyncIterator())
        }

        public struct Iterator: AsyncIteratorProtocol {
            var chunks: Chunks.Iterator
            private var rest = ByteBuffer()
            private var isAtEnd = false

            init(chunks: Chunks.Iterator) {
                self.chunks = chunks
            }

            public mutating func next() async throws -> String? {
                while true {
                    let view = self.rest.readableBytesView
                    if let end = view.firstIndex(of: UInt8(ascii: "\n")) {
                        var line = view[..<end]
                        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
                        defer { self.rest.moveReaderIndex(to: end + 1) }
                        return String(decoding: line, as: UTF8.self)
                    }
                    guard !self.isAtEnd, let chunk = try await self.chunks.next() else {
                        self.isAtEnd = true
                        guard self.rest.readableBytes > 0 else { return nil }
                        defer { self.rest.clear() }
                        return String(buffer: self.rest)
                    }
                    self.rest.writeImmutableBuffer(chunk)
                }
            }
        }
    }
}
