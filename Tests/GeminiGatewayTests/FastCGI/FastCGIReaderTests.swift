import Testing

@testable import GeminiGateway

@Suite("Reading records of FastCGI")
struct FastCGIReaderTests {
    private struct Read: Equatable {
        var output = ""
        var errors = ""
        var end: FastCGIReader.Event?
    }

    private static func read(_ bytes: [UInt8], inPiecesOf size: Int) throws(FastCGIError) -> Read {
        var reader = FastCGIReader()
        var read = Read()
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(size))
            rest = rest.dropFirst(piece.count)
            var index = 0
            while let event = try reader.next(in: piece.span, from: &index) {
                switch event {
                case .output(let range): read.output += String(decoding: piece[range], as: UTF8.self)
                case .errorOutput(let range): read.errors += String(decoding: piece[range], as: UTF8.self)
                case .end: read.end = event
                }
            }
        }
        #expect(reader.isEnded == (read.end != nil))
        return read
    }

    @Test("FC-02: output, errors and the end, however the bytes are cut", arguments: [1, 2, 3, 7, 8, 9, 4096])
    func cut(size: Int) throws {
        let bytes =
            record(6, "20 te", padding: 3) + record(7, "oops", padding: 4) + record(6, "xt/plain\r\n") + record(6, "")
            + record(6, "body", padding: 255) + record(11, "unknown") + record(9, "managed", id: 0)
            + endRecord(application: 0x0102_0304, protocol: 2, padding: 5) + record(6, "late")
        let read = try Self.read(bytes, inPiecesOf: size)
        #expect(read.output == "20 text/plain\r\nbody")
        #expect(read.errors == "oops")
        #expect(read.end == .end(applicationStatus: 0x0102_0304, protocolStatus: 2))
    }

    @Test(
        "FC-02: what is no record of this request is refused",
        arguments: [
            (Array("20 text/plain\r\n".utf8), FastCGIError.version(0x32)),
            (record(6, "x", id: 2), .requestID(2)),
            (record(6, "x", id: 256), .requestID(256)),
            (record(3, "1234567"), .shortEnd(7)),
            (record(6, "ok") + [0, 0, 0, 0, 0, 0, 0, 0], .version(0)),
        ],
        [1, 4096]
    )
    func refused(_ row: (bytes: [UInt8], error: FastCGIError), size: Int) {
        #expect(throws: row.error) { try Self.read(row.bytes, inPiecesOf: size) }
    }

    @Test("FC-02: an end that has not come whole is none")
    func partial() throws {
        let bytes = endRecord(padding: 4)
        #expect(try Self.read(bytes.dropLast(), inPiecesOf: 64).end == nil)
        #expect(try Self.read(bytes, inPiecesOf: 64).end == .end(applicationStatus: 0, protocolStatus: 0))
    }
}

/// A record as a daemon sends it.
func record(_ kind: UInt8, _ content: String, id: UInt16 = 1, padding: Int = 0, length: Int? = nil) -> [UInt8] {
    record(kind, Array(content.utf8), id: id, padding: padding, length: length)
}

/// - Parameter length: the length that the header gives, where it lies.
func record(_ kind: UInt8, _ content: [UInt8], id: UInt16 = 1, padding: Int = 0, length: Int? = nil) -> [UInt8] {
    let count = length ?? content.count
    let header = [1, kind, UInt8(id >> 8), UInt8(id & 0xFF), UInt8(count >> 8), UInt8(count & 0xFF), UInt8(padding), 0]
    return header + content + [UInt8](repeating: 0xAA, count: padding)
}

/// The end of a request.
func endRecord(application: UInt32 = 0, protocol status: UInt8 = 0, padding: Int = 0) -> [UInt8] {
    let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: application >> UInt32($0)) }
    return record(3, bytes + [status, 0, 0, 0], padding: padding)
}
