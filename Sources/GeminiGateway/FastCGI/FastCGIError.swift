/// Why what a daemon sends is not FastCGI.
package enum FastCGIError: Error, Hashable, Sendable {
    /// A record does not begin with the version 1.
    case version(UInt8)
    /// A record is for a request that nobody made.
    case requestID(UInt16)
    /// The end of the request has fewer than its eight bytes.
    case shortEnd(Int)
}

extension FastCGIError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .version(let version): "A record begins with \(version), and not with the version 1."
        case .requestID(let id): "A record is for the request \(id), and there is only 1."
        case .shortEnd(let count): "The end of the request has \(count) bytes, and not 8."
        }
    }
}
