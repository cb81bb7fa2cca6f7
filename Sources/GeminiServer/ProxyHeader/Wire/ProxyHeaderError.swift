/// What is wrong with the bytes that a connection begins with where a PROXY header should be.
package enum ProxyHeaderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// They are no PROXY header, of either version (PP-23).
    case noHeader
    /// A line of text that is not exactly as the protocol has it (PP-10).
    case malformedLine
    /// A line of text that does not end in time.
    case lineTooLong
    /// A command other than LOCAL and PROXY (PP-20).
    case unknownCommand
    /// A combination of address family and transport that there is none of.
    case unknownFamily
    /// Fewer bytes than the addresses of the family take.
    case truncatedAddresses
    /// A field that ends behind the header (PP-22).
    case truncatedField
    /// The checksum is not that of the bytes.
    case wrongChecksum

    package var description: String {
        switch self {
        case .noHeader: "It begins with no PROXY header"
        case .malformedLine: "Its PROXY line is malformed"
        case .lineTooLong: "Its PROXY line is longer than 107 bytes"
        case .unknownCommand: "Its PROXY header has an unknown command"
        case .unknownFamily: "Its PROXY header has an unknown address family"
        case .truncatedAddresses: "Its PROXY header ends within its addresses"
        case .truncatedField: "Its PROXY header ends within a field"
        case .wrongChecksum: "Its PROXY header has a wrong checksum"
        }
    }
}
