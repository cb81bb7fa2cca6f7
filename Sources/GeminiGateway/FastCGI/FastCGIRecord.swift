/// What a web server sends by FastCGI: records of eight bytes of header, content, and padding (FC-01).
///
/// There is one request in a connection at a time, and it has the id 1.
package enum FastCGIRecord {
    package enum Kind {
        static let beginRequest: UInt8 = 1
        static let abortRequest: UInt8 = 2
        static let endRequest: UInt8 = 3
        static let parameters: UInt8 = 4
        static let standardInput: UInt8 = 5
        static let standardOutput: UInt8 = 6
        static let standardError: UInt8 = 7
    }

    static let version: UInt8 = 1
    static let requestID: UInt16 = 1
    static let headerSize = 8

    /// The most content that we put into a record: as much as fits without padding.
    static let maximumContent = 65_528

    /// The request begins: the role of a responder.
    ///
    /// - Parameter keepsConnection: whether the daemon is to leave the connection open (`FCGI_KEEP_CONN`).
    package static func begin(keepsConnection: Bool) -> [UInt8] {
        Self.header(Kind.beginRequest, count: 8) + [0, 1, keepsConnection ? 1 : 0, 0, 0, 0, 0, 0]
    }

    /// The request is to end: nobody waits for the response.
    package static var abort: [UInt8] {
        Self.header(Kind.abortRequest, count: 0)
    }

    /// The variables, and the end of them.
    package static func parameters(_ variables: some Sequence<(name: String, value: [UInt8])>) -> [UInt8] {
        var pairs: [UInt8] = []
        for (name, value) in variables {
            pairs += Self.length(name.utf8.count)
            pairs += Self.length(value.count)
            pairs += Array(name.utf8)
            pairs += value
        }
        var records: [UInt8] = []
        records.reserveCapacity(pairs.count + 32)
        var rest = pairs[...]
        while !rest.isEmpty {
            let content = rest.prefix(Self.maximumContent)
            records += Self.header(Kind.parameters, count: content.count)
            records += content
            records += Self.padding(content.count)
            rest = rest.dropFirst(content.count)
        }
        return records + Self.header(Kind.parameters, count: 0)
    }

    /// What comes before so many bytes of an upload, at most ``maximumContent``; 0 is the end of it.
    package static func inputHeader(_ count: Int) -> [UInt8] {
        Self.header(Kind.standardInput, count: count)
    }

    /// What comes behind so many bytes, so that every record begins at a multiple of eight.
    package static func padding(_ count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: (8 - count % 8) % 8)
    }

    private static func header(_ kind: UInt8, count: Int) -> [UInt8] {
        [
            Self.version, kind, UInt8(Self.requestID >> 8), UInt8(Self.requestID & 0xFF),
            UInt8(count >> 8), UInt8(count & 0xFF), UInt8((8 - count % 8) % 8), 0,
        ]
    }

    /// The length of a name or value: one byte below 128, four otherwise.
    private static func length(_ count: Int) -> [UInt8] {
        guard count > 127 else { return [UInt8(count)] }
        let bits = UInt32(count) | 0x8000_0000
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> UInt32($0)) }
    }
}
