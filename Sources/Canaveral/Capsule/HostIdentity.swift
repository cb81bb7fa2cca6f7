public import GeminiServer
import GeminiTLS

/// Where the certificate of a host comes from. Nothing is read or made before the capsule starts.
public struct HostIdentity: Sendable {
    private let load: @Sendable (_ names: [String]) throws -> ServerIdentity

    /// - Parameter load: makes the identity for a host of these names, the first of which is its own.
    public init(_ load: @escaping @Sendable (_ names: [String]) throws -> ServerIdentity) {
        self.load = load
    }

    /// One that the server makes, keeps in its state directory, and renews with the same key.
    public static let automatic = HostIdentity { try .automatic(names: $0) }

    /// One that the server makes, keeps in a folder, and renews with the same key.
    public static func automatic(in directory: String) -> HostIdentity {
        HostIdentity { try .automatic(names: $0, directory: directory) }
    }

    /// A certificate in files that somebody else looks after, PEM or DER; one file may hold certificate and key.
    public static func files(certificate: String, key: String? = nil) -> HostIdentity {
        HostIdentity { _ in try .files(certificate: certificate, key: key) }
    }

    func identity(for names: [String]) throws -> ServerIdentity {
        try self.load(names)
    }
}
