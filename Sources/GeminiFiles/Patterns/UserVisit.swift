import GeminiProtocol
import GeminiServer

/// A request for something of a user's.
struct UserVisit {
    private static let longestName = 64

    let user: String
    /// Mounted at the user's folder.
    let request: Request
    /// Whether there is anything behind the user's name, at least a slash.
    let namesFolder: Bool

    /// - Returns: `nil` if the path does not begin with a tilde and a user's name. The URL is in normal form: no character
    ///   that a name can have is escaped in it.
    init?(_ request: Request) {
        let path = request.localPath.utf8
        let tilde = path.drop { $0 == UInt8(ascii: "/") }
        guard tilde.first == UInt8(ascii: "~") else { return nil }
        let name = tilde.dropFirst().prefix { $0 != UInt8(ascii: "/") }
        guard Self.isName(name) else { return nil }
        let base = request.basePath.utf8.count + path.distance(from: path.startIndex, to: name.endIndex)
        var request = request
        request.basePath = String(decoding: request.url.path.utf8.prefix(base), as: UTF8.self)
        self.user = String(Substring(name))
        self.request = request
        self.namesFolder = name.endIndex != path.endIndex
    }

    private static func isName(_ name: Substring.UTF8View) -> Bool {
        guard let first = name.first, name.count <= Self.longestName else { return false }
        return first != UInt8(ascii: ".") && first != UInt8(ascii: "-")
            && name.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
