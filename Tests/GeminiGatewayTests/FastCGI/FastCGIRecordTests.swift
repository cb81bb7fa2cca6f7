import Testing

@testable import GeminiGateway

@Suite("Records of FastCGI")
struct FastCGIRecordTests {
    @Test("FC-01: what begins and ends a request, byte by byte")
    func fixed() {
        #expect(FastCGIRecord.begin(keepsConnection: true) == [1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0])
        #expect(FastCGIRecord.begin(keepsConnection: false)[10] == 0)
        #expect(FastCGIRecord.abort == [1, 2, 0, 1, 0, 0, 0, 0])
        #expect(FastCGIRecord.inputHeader(0) == [1, 5, 0, 1, 0, 0, 0, 0])
        #expect(FastCGIRecord.inputHeader(0x0102) == [1, 5, 0, 1, 1, 2, 6, 0])
        #expect(FastCGIRecord.padding(0x0102).count == 6)
        #expect(FastCGIRecord.inputHeader(FastCGIRecord.maximumContent)[6] == 0)
    }

    @Test("FC-01: variables are length, length, name, value, padded, and an empty record ends them")
    func parameters() {
        let bytes = FastCGIRecord.parameters([(name: "AB", value: [0x63])])
        #expect(
            bytes == [1, 4, 0, 1, 0, 5, 3, 0, 2, 1, 0x41, 0x42, 0x63, 0, 0, 0] + [1, 4, 0, 1, 0, 0, 0, 0]
        )
        #expect(FastCGIRecord.parameters([]) == [1, 4, 0, 1, 0, 0, 0, 0])
    }

    @Test("FC-01: a length above 127 takes four bytes", arguments: [127, 128, 300, 70_000])
    func lengths(count: Int) {
        let bytes = FastCGIRecord.parameters([(name: "A", value: [UInt8](repeating: 7, count: count))])
        let content = Self.contents(bytes)
        var rest = content[...]
        #expect(rest.removeFirst() == 1)
        let first = rest.removeFirst()
        var length = Int(first & 0x7F)
        if first >= 128 { for _ in 0..<3 { length = length << 8 | Int(rest.removeFirst()) } }
        #expect((first >= 128) == (count > 127))
        #expect(length == count)
        #expect(rest.removeFirst() == UInt8(ascii: "A"))
        #expect(rest.count == count && rest.allSatisfy { $0 == 7 })
    }

    /// The contents of records of variables, put together.
    private static func contents(_ bytes: [UInt8]) -> [UInt8] {
        var content: [UInt8] = []
        var rest = bytes[...]
        while rest.count >= 8 {
            let header = Array(rest.prefix(8))
            let count = Int(header[4]) << 8 | Int(header[5])
            #expect(header[0] == 1 && header[1] == 4 && header[3] == 1)
            #expect((8 + count + Int(header[6])).isMultiple(of: 8))
            content += rest.dropFirst(8).prefix(count)
            rest = rest.dropFirst(8 + count + Int(header[6]))
        }
        #expect(rest.isEmpty)
        return content
    }
}
