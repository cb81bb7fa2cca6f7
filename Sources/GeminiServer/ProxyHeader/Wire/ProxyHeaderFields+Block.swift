import GeminiProtocol
import GeminiTLS

/// The second version: a block of bytes (PP-20 to PP-22).
extension ProxyHeaderFields {
    static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]

    /// Signature, version and command, family and transport, length of the rest.
    private static let blockStart = 16

    /// The longest name that DNS has.
    private static let longestAuthority = 255

    private enum FieldType {
        static let authority = 0x02
        static let checksum = 0x03
    }

    static func recognizeBlock(_ bytes: Span<UInt8>) -> Recognition {
        guard Self.agree(bytes, Self.signature) else { return .invalid(.noHeader) }
        guard bytes.count > Self.signature.count else { return .needMore }
        let command = bytes[12]
        guard command >> 4 == 2 else { return .invalid(.noHeader) }
        guard command & 0xF <= 1 else { return .invalid(.unknownCommand) }
        guard bytes.count >= Self.blockStart else { return .needMore }
        let length = Self.blockStart + (Int(bytes[14]) << 8 | Int(bytes[15]))
        guard bytes.count >= length else { return .needMore }
        guard command & 0xF == 1 else {
            // The proxy speaks for itself: whatever else it says is ignored (PP-21).
            return .header(ProxyHeaderFields(.unknown), length: length)
        }
        do throws(ProxyHeaderError) {
            return .header(try Self.parse(bytes.extracting(0..<length), family: bytes[13]), length: length)
        } catch {
            return .invalid(error)
        }
    }

    private static func parse(_ bytes: Span<UInt8>, family: UInt8) throws(ProxyHeaderError) -> ProxyHeaderFields {
        var reader = WireReader(bounds: Self.blockStart..<bytes.count)
        var fields = ProxyHeaderFields(.unknown)
        switch family {
        case 0x00:
            break
        case 0x11:
            guard let ends = reader.ends(of: bytes, IPv4Address.init(rawValue:)) else { throw .truncatedAddresses }
            fields.addresses = .ipv4(ends)
        case 0x21:
            guard let ends = reader.ends(of: bytes, IPv6Address.init(rawValue:)) else { throw .truncatedAddresses }
            fields.addresses = .ipv6(ends)
        case 0x12, 0x22, 0x31, 0x32:
            // No TCP between IP addresses: the visitor's address is not known then.
            let size = family == 0x12 ? 12 : family == 0x22 ? 36 : 216
            guard reader.skip(size, of: bytes) else { throw .truncatedAddresses }
        default:
            throw .unknownFamily
        }
        fields.authority = try Self.authority(&reader, of: bytes)
        return fields
    }

    /// Reads the fields behind the addresses.
    private static func authority(
        _ reader: inout WireReader,
        of bytes: Span<UInt8>
    ) throws(ProxyHeaderError) -> String? {
        var authority: String?
        while !reader.isAtEnd {
            guard let type = reader.integer8(of: bytes), let value = reader.vector16(of: bytes) else {
                throw .truncatedField
            }
            switch type {
            case FieldType.authority where authority == nil && value.count <= Self.longestAuthority:
                authority = String(validating: Self.copy(bytes.extracting(value)), as: UTF8.self)
            case FieldType.checksum:
                guard Self.isChecksum(at: value, of: bytes) else { throw .wrongChecksum }
            default:
                break
            }
        }
        return authority
    }

    /// Whether the checksum is that of the whole header with zeros in its own place.
    private static func isChecksum(at range: Range<Int>, of bytes: Span<UInt8>) -> Bool {
        guard range.count == 4 else { return false }
        var told: UInt32 = 0
        var sum = CRC32C()
        for index in bytes.indices {
            if range.contains(index) {
                told = told << 8 | UInt32(bytes[index])
                sum.update(0)
            } else {
                sum.update(bytes[index])
            }
        }
        return sum.checksum == told
    }

    /// The whole header. An authority that is longer than any name is left out.
    package var block: [UInt8] {
        var rest: [UInt8] = []
        let family: UInt8
        switch self.addresses {
        case .unknown:
            family = 0x00
        case .ipv4(let ends):
            family = 0x11
            rest += ends.source.bytes + ends.destination.bytes + ends.portBytes
        case .ipv6(let ends):
            family = 0x21
            rest += ends.source.bytes + ends.destination.bytes + ends.portBytes
        }
        if let authority, authority.utf8.count <= Self.longestAuthority {
            rest += [UInt8(FieldType.authority), 0, UInt8(authority.utf8.count)] + Array(authority.utf8)
        }
        return Self.signature + [0x21, family, UInt8(rest.count >> 8), UInt8(rest.count & 0xFF)] + rest
    }
}

extension ProxyHeaderFields.Ends {
    fileprivate var portBytes: [UInt8] {
        [self.sourcePort, self.destinationPort].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
}

extension WireReader {
    fileprivate mutating func ends<Number: FixedWidthInteger, Address>(
        of bytes: Span<UInt8>,
        _ address: (Number) -> Address
    ) -> ProxyHeaderFields.Ends<Address>? {
        guard let source = self.number(of: bytes).map(address), let destination = self.number(of: bytes).map(address),
            let sourcePort: UInt16 = self.number(of: bytes), let destinationPort: UInt16 = self.number(of: bytes)
        else { return nil }
        return ProxyHeaderFields.Ends(
            source: source,
            destination: destination,
            sourcePort: sourcePort,
            destinationPort: destinationPort
        )
    }

    private mutating func number<Number: FixedWidthInteger>(of bytes: Span<UInt8>) -> Number? {
        var number: Number = 0
        for _ in 0..<Number.bitWidth / 8 {
            guard let byte = self.integer8(of: bytes) else { return nil }
            number = number << 8 | Number(byte)
        }
        return number
    }
}
