import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import Testing

/// Uploads and streamed bodies where there is no connection.
@Suite("Bodies without a socket")
struct UploadOutOfServerTests {
    private struct Broken: Error, Equatable {}

    private static func upload(_ size: Int, _ chunks: [String], error: (any Error)? = nil) throws -> Upload {
        let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            for chunk in chunks { continuation.yield(ByteBuffer(string: chunk)) }
            continuation.finish(throwing: error)
        }
        return Upload(parameters: try TitanParameters(size: size), chunks: stream)
    }

    @Test("TI-15: chunks are held against the size")
    func size() async throws {
        #expect(String(buffer: try await Self.upload(6, ["abc", "", "def"]).collect()) == "abcdef")
        #expect(try await Self.upload(0, []).collect().readableBytes == 0)
        await #expect(throws: UploadError.incomplete) { try await Self.upload(7, ["abc", "def"]).collect() }
        await #expect(throws: UploadError.tooLong) { try await Self.upload(5, ["abc", "def"]).collect() }
        await #expect(throws: UploadError.tooLong) { try await Self.upload(0, ["a"]).collect() }
        await #expect(throws: Broken.self) { try await Self.upload(3, ["a"], error: Broken()).collect() }
    }

    @Test("TI-16: the limit is that of the reader, or else the standard one")
    func limit() async throws {
        await #expect(throws: UploadError.tooLarge(limit: 2)) { try await Self.upload(3, ["abc"]).collect(upTo: 2) }
        let large = try Self.upload(Limits.standardUploadSize + 1, [])
        #expect(throws: UploadError.tooLarge(limit: Limits.standardUploadSize)) { try large.body() }
        #expect(throws: Never.self) { try large.body(upTo: .max) }
    }

    @Test("A body is read once")
    func once() async throws {
        let upload = try Self.upload(3, ["abc"])
        _ = try await upload.collect()
        await #expect(throws: UploadMisuse.readTwice) { try await upload.collect() }
    }

    @Test(
        "Every fault of the client is 59, with its reason",
        arguments: [
            UploadError.tooLarge(limit: 5), .incomplete, .tooLong, .stalled, .timedOut, .editWithBody,
        ]
    )
    func response(_ error: UploadError) {
        #expect(error.response.status == .badRequest)
        #expect(error.response.header.meta?.text == error.description)
    }

    @Test("A streamed body runs into whatever takes it, and stops where that does")
    func writer() async throws {
        let written = NIOLockedValueBox<[String]>([])
        let response = Response.success(
            .plainText,
            .stream { writer in
                try await writer.write("one\n")
                try await writer.write(ByteBuffer(string: "two\n"))
                try await writer.write("three\n")
            }
        )
        guard case .stream(let produce) = response.body else {
            Issue.record("no stream")
            return
        }
        await #expect(throws: Broken.self) {
            try await produce(
                ResponseWriter { bytes in
                    if written.withLockedValue({ $0.count }) == 2 { throw Broken() }
                    written.withLockedValue { $0.append(String(buffer: bytes)) }
                }
            )
        }
        #expect(written.withLockedValue { $0 } == ["one\n", "two\n"])
    }
}
