import Foundation
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

/// Bodies that come from an open file.
@Suite("File bodies", .timeLimit(.minutes(10)))
struct FileBodyTests {
    private static func content(_ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 13 &+ $0 >> 9) }
    }

    private static func responder(_ path: String, length: Int) -> any Responder {
        .closure { _ in
            let descriptor = open(path, O_RDONLY)
            try #require(descriptor >= 0)
            return .success(.octetStream, .file(OpenFile(takingOwnershipOf: descriptor, length: Int64(length))))
        }
    }

    @Test("GP-115: a file comes as it is", arguments: [0, 1, 65_535, 65_536, 65_537, 3_000_000])
    func whole(length: Int) async throws {
        let folder = try TemporaryDirectory()
        let content = Self.content(length)
        let path = try folder.write(content, to: "file")
        try await withServer(responder: Self.responder(path, length: length)) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.header == "20 application/octet-stream")
            #expect(transcript.body == content)
            #expect(transcript.closeNotify)
        }
    }

    @Test("GP-011: one that has become shorter ends without close_notify", arguments: [0, 10, 65_536, 100_000])
    func shrunk(actual: Int) async throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(Self.content(actual), to: "file")
        try await withServer(responder: Self.responder(path, length: 200_000)) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(!transcript.closeNotify)
            #expect(transcript.bytes.count < 200_000)
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(!entry.isComplete)
        }
    }

    @Test("One that has grown ends where it ended when it was opened")
    func grown() async throws {
        let folder = try TemporaryDirectory()
        let content = Self.content(300_000)
        let path = try folder.write(content, to: "file")
        try await withServer(responder: Self.responder(path, length: 100_000)) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.body == Array(content.prefix(100_000)))
            #expect(transcript.closeNotify)
        }
    }

    #if os(Linux)
    @Test("The descriptor is closed with the last reference")
    func descriptor() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("text", to: "file")
        let descriptor = open(path, O_RDONLY)
        func target() -> String? {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
        }
        var file: OpenFile? = OpenFile(takingOwnershipOf: descriptor, length: 4)
        #expect(file?.length == 4)
        #expect(target() == path)
        file = nil
        #expect(target() != path)
    }
    #endif
}
