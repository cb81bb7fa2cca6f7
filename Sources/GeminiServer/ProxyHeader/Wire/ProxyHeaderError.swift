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

    /// What they are instead, as in "the connection begins with …".
    package var description: String {
        switch self {
        case .noHeader: "no PROXY header"
        case .malformedLine: "a malformed PROXY line"
        case .lineTooLong: "a PROXY line of more than 107 bytes"
        case .unknownCommand: "a PROXY header with an unknown command"
        case .unknownFamily: "a PROXY header with an unknown address family"
        case .truncatedAddresses: "a PROXY header that ends within its addresses"
        case .truncatedField: "a PROXY header that ends within a field"
        case .wrongChecksum: "a PROXY header with a wrong checksum"
        }
    }
}
