/// What a server wants to know of a TLS ClientHello before it hands the connection to the TLS library: that it is
/// one, and for which host name (RFC 8446 §4.1.2, RFC 6066 §3).
package struct ClientHello: Equatable, Sendable {
    /// The `host_name` of the `server_name` extension in lower case, or `nil` where the client sent none or sent
    /// something that cannot be a host name.
    package var serverName: String?

    /// The most bytes that a ClientHello may take on the wire. The largest in practice, with hybrid post-quantum key
    /// shares and a client's resumption ticket, stay under 4 KiB.
    package static let maximumLength = 16_384

    /// The most TLS records that a hello may be spread over. Honest stacks use one, or two for a very large hello; a
    /// record for each byte would have us read the beginning again and again.
    package static let maximumRecords = 16

    /// What the first bytes of a connection turned out to be.
    package enum Recognition: Equatable, Sendable {
        /// A prefix of what may become a ClientHello.
        case needMore
        /// Not a TLS handshake, or one that no TLS library would accept: the connection is closed with no byte sent.
        case notTLS
        case hello(ClientHello)
    }

    package init(serverName: String?) {
        self.serverName = serverName
    }

    /// Looks at the bytes that a connection has brought so far.
    ///
    /// Pure and total: any bytes whatever give an answer. A hello that is spread over several TLS records is put
    /// together first; the usual one, in a single record, is read in place.
    ///
    /// - Parameter bytes: everything received, from the first byte on.
    package static func recognize(_ bytes: Span<UInt8>) -> Recognition {
        guard bytes.count > 0 else { return .needMore }
        guard var record = RecordHeader.read(bytes, at: 0) else {
            return RecordHeader.isPossiblePrefix(bytes) ? .needMore : .notTLS
        }
        guard let handshake = HandshakeHeader.read(bytes, at: RecordHeader.size, in: record) else {
            // Four bytes of a handshake header spread over records of one to three bytes are legal and sent by nobody.
            return record.length < HandshakeHeader.size || !HandshakeHeader.isPossiblePrefix(bytes)
                ? .notTLS : .needMore
        }
        guard handshake.isClientHello, handshake.length + HandshakeHeader.size <= Self.maximumLength else {
            return .notTLS
        }

        let wanted = HandshakeHeader.size + handshake.length
        if record.length >= wanted {
            guard bytes.count >= RecordHeader.size + wanted else { return .needMore }
            let body = bytes.extracting((RecordHeader.size + HandshakeHeader.size)..<(RecordHeader.size + wanted))
            return Self.parse(body).map { .hello($0) } ?? .notTLS
        }

        var message: [UInt8] = []
        message.reserveCapacity(wanted)
        var offset = 0
        for _ in 0..<Self.maximumRecords {
            offset += RecordHeader.size
            let available = min(record.length, bytes.count - offset)
            for index in offset..<(offset + available) where message.count < wanted {
                message.append(bytes[index])
            }
            if message.count == wanted {
                return Self.parse(message.span.extracting(droppingFirst: HandshakeHeader.size)).map { .hello($0) }
                    ?? .notTLS
            }
            guard available == record.length else { return .needMore }
            offset += record.length
            guard let next = RecordHeader.read(bytes, at: offset) else {
                return RecordHeader.isPossiblePrefix(bytes.extracting(droppingFirst: offset)) ? .needMore : .notTLS
            }
            record = next
        }
        return .notTLS
    }

    /// Reads the body of a ClientHello message, or returns `nil` where its lengths do not add up.
    private static func parse(_ body: Span<UInt8>) -> ClientHello? {
        var reader = WireReader(bounds: 0..<body.count)
        guard reader.skip(2 + 32, of: body),  // legacy_version, random
            reader.vector8(of: body) != nil,  // legacy_session_id
            let suites = reader.vector16(of: body), !suites.isEmpty, suites.count.isMultiple(of: 2),
            let compressions = reader.vector8(of: body), !compressions.isEmpty
        else { return nil }
        if reader.isAtEnd { return ClientHello(serverName: nil) }  // TLS 1.2 without extensions

        guard let extensions = reader.vector16(of: body), reader.isAtEnd else { return nil }
        var list = WireReader(bounds: extensions)
        var serverName: String?
        while !list.isAtEnd {
            guard let type = list.integer16(of: body), let content = list.vector16(of: body) else { return nil }
            if type == 0 {
                guard let name = Self.hostName(in: content, of: body) else { return nil }
                serverName = Self.canonicalName(body.extracting(name))
            }
        }
        return ClientHello(serverName: serverName)
    }

    /// The range of the `host_name` in a `server_name` extension: a list that holds exactly one entry of type 0.
    private static func hostName(in content: Range<Int>, of body: Span<UInt8>) -> Range<Int>? {
        var reader = WireReader(bounds: content)
        guard let list = reader.vector16(of: body), reader.isAtEnd else { return nil }
        var entry = WireReader(bounds: list)
        guard entry.integer8(of: body) == 0, let name = entry.vector16(of: body), !name.isEmpty, entry.isAtEnd
        else { return nil }
        return name
    }

    /// The name in lower case, or `nil` where it holds anything but letters, digits, hyphens, underscores and dots.
    private static func canonicalName(_ bytes: Span<UInt8>) -> String? {
        guard bytes.count <= 255 else { return nil }
        var name = ""
        name.reserveCapacity(bytes.count)
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                name.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                return nil
            }
        }
        if name.hasSuffix(".") { name.removeLast() }
        return name.isEmpty ? nil : name
    }
}
