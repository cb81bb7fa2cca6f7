/// A version of TLS, by its number on the wire.
package struct TLSVersion: Sendable, Hashable, Comparable {
    package let code: UInt16

    package init(code: UInt16) {
        self.code = code
    }

    package static let v1_0 = TLSVersion(code: 0x0301)
    package static let v1_1 = TLSVersion(code: 0x0302)
    package static let v1_2 = TLSVersion(code: 0x0303)
    package static let v1_3 = TLSVersion(code: 0x0304)

    package static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.code < right.code
    }
}

extension TLSVersion: CustomStringConvertible {
    /// `TLS 1.3`, or the number of a version without a name.
    package var description: String {
        switch self {
        case .v1_0: "TLS 1.0"
        case .v1_1: "TLS 1.1"
        case .v1_2: "TLS 1.2"
        case .v1_3: "TLS 1.3"
        default: "TLS version \(self.code)"
        }
    }
}
