import Foundation
import GeminiFiles
import NIOCore
import TestSupport
import Testing

/// Files on their way to a client over TLS, and what may happen to them meanwhile.
@Suite("Transfers")
struct TransferTests {
    /// More than all buffers between server and client hold together.
    private static let largeSize = 8 << 20

    @Test(
        "GP-115: a file arrives byte for byte, whatever is in it",
        arguments: [0, 1, 1023, 65_535, 65_536, 65_537, 300_000]
    )
    func identical(_ size: Int) async throws {
        let folder = try TemporaryDirectory()
        let content = Self.bytes(size)
        try folder.write(content, to: "file.bin")
        try await withServer(responder: Files(in: folder.path)) { server in
            let reply = try await server.answer(to: "gemini://localhost/file.bin")
            #expect(reply.header == "20 application/octet-stream")
            #expect(reply.body == content)
            #expect(reply.closeNotify)
        }
    }

    @Test("Text leaves as it is: line ends, byte order marks and what is no UTF-8")
    func untransformed() async throws {
        let content = Array("\u{FEFF}# a\r\nb\nc\rd\u{0}".utf8) + [0xFF, 0xFE]
        let folder = try TemporaryDirectory()
        try folder.write(content, to: "page.gmi")
        try await withServer(responder: Files(in: folder.path)) { server in
            let reply = try await server.answer(to: "gemini://localhost/page.gmi")
            #expect(reply.body == content)
        }
    }

    @Test("A large file that is not in the system's memory is sent whole")
    func fromDisk() async throws {
        let folder = try TemporaryDirectory()
        let content = Self.bytes(3 << 20)
        let path = try folder.write(content, to: "file.bin")
        Self.forgetContent(of: path)
        try await withServer(responder: Files(in: folder.path)) { server in
            let reply = try await server.answer(to: "gemini://localhost/file.bin")
            #expect(reply.body == content)
            #expect(reply.closeNotify)
        }
    }

    @Test("GP-011: a file that shrinks while it is sent ends without close_notify")
    func shrinking() async throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(Self.bytes(Self.largeSize), to: "file.bin")
        try await withServer(responder: Files(in: folder.path)) { server in
            let connection = try await Self.beginReading("/file.bin", of: server)
            #expect(truncate(path, 1 << 20) == 0)
            try await connection.resumeReading()
            let reply = try await connection.readToEnd()
            #expect(!reply.closeNotify)
            #expect(reply.body.count < Self.largeSize)
            #expect(reply.body == Array(Self.bytes(Self.largeSize).prefix(reply.body.count)))
        }
    }

    @Test("A file that grows while it is sent is sent as long as it was")
    func growing() async throws {
        let folder = try TemporaryDirectory()
        let content = Self.bytes(Self.largeSize)
        let path = try folder.write(content, to: "file.bin")
        try await withServer(responder: Files(in: folder.path)) { server in
            let connection = try await Self.beginReading("/file.bin", of: server)
            #expect(truncate(path, off_t(Self.largeSize + 100_000)) == 0)
            try await connection.resumeReading()
            let reply = try await connection.readToEnd()
            #expect(reply.body == content)
            #expect(reply.closeNotify)
        }
    }

    @Test(
        "A file that is deleted or replaced while it is sent is sent whole; the next request gets the new one"
    )
    func replaced() async throws {
        let folder = try TemporaryDirectory()
        let content = Self.bytes(Self.largeSize)
        try folder.write(content, to: "file.bin")
        try folder.write("new", to: "other.bin")
        try await withServer(responder: Files(in: folder.path)) { server in
            let first = try await Self.beginReading("/file.bin", of: server)
            #expect(rename(folder.path("other.bin"), folder.path("file.bin")) == 0)
            #expect(try await server.answer(to: "gemini://localhost/file.bin").body == Array("new".utf8))
            #expect(unlink(folder.path("file.bin")) == 0)
            #expect(try await server.answer(to: "gemini://localhost/file.bin").header.hasPrefix("51 "))
            try await first.resumeReading()
            let reply = try await first.readToEnd()
            #expect(reply.body == content)
            #expect(reply.closeNotify)
        }
    }

    @Test("A file rewritten in place, of the same length and date, is served as it is now")
    func rewritten() async throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("first", to: "page.gmi")
        let old = try FileManager.default.attributesOfItem(atPath: path)
        try await withServer(responder: Files(in: folder.path)) { server in
            #expect(try await server.answer(to: "gemini://localhost/page.gmi").body == Array("first".utf8))
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.write(contentsOf: Data("other".utf8))
            try handle.close()
            try FileManager.default.setAttributes(
                [.modificationDate: old[.modificationDate] as Any],
                ofItemAtPath: path
            )
            #expect(try await server.answer(to: "gemini://localhost/page.gmi").body == Array("other".utf8))
        }
    }

    /// Asks for a file, reads its beginning, and then nothing more until told.
    private static func beginReading(_ path: String, of server: TestServer) async throws -> TestConnection {
        let connection = try await server.connect(receiveBuffer: 65_536)
        try await connection.stopReading()
        try await connection.send("gemini://localhost\(path)\r\n")
        #expect(
            await eventually {
                connection.channel.read()
                return connection.wire.received > 100_000
            }
        )
        return connection
    }

    /// Bytes that differ wherever a piece could be lost, doubled or exchanged.
    private static func bytes(_ count: Int) -> [UInt8] {
        let words = [UInt64](unsafeUninitializedCapacity: count / 8 + 1) { buffer, initialized in
            for index in 0..<(count / 8 + 1) { buffer[index] = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 }
            initialized = count / 8 + 1
        }
        return words.withUnsafeBytes { Array($0.prefix(count)) }
    }

    /// Has the system write a file to the disk and drop it from memory, where the file system lets it.
    private static func forgetContent(of path: String) {
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        fsync(descriptor)
        #if os(Linux)
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        #endif
    }
}
