import GeminiProtocol
package import GeminiTLS

/// The certificate and key by which clients recognise a host.
public struct ServerIdentity: Sendable {
    enum Source: Sendable {
        case fixed(Identity)
        case files(FileIdentity)
        case automatic(AutomaticIdentity)
    }

    let source: Source

    /// A certificate that somebody else looks after, from files in PEM or DER.
    ///
    /// When the files change while the server runs, as certbot has them do, they are read again and new connections see the
    /// new certificate; what cannot be used keeps the one before, and an error in the log says why
    /// (``ServerConfiguration/certificateCheckInterval``). Links are followed to their end at each look.
    ///
    /// Hosts that share a certificate share the identity: read it once and give each of them the same value.
    ///
    /// - Parameters:
    ///   - certificateFile: the certificate and the chain to its authority; the key too where `keyFile` is `nil`.
    ///   - keyFile: the private key.
    /// - Throws: an error whose description is a sentence that names the file, the reason and what to do.
    public static func files(certificate certificateFile: String, key keyFile: String? = nil) throws -> ServerIdentity {
        .files(try FileIdentity(IdentityFiles(certificatePath: certificateFile, keyPath: keyFile)))
    }

    /// A certificate that the server looks after by itself: made when missing, kept in a state directory, and renewed
    /// with the same key while the server runs, well before it expires.
    ///
    /// - Parameters:
    ///   - names: host names (as A-labels) and IP addresses that it is for, the first of which names its file.
    ///   - directory: where it is kept; by default what the system and the environment say (`$STATE_DIRECTORY`,
    ///     `$XDG_STATE_HOME/canaveral`, `~/.local/state/canaveral`).
    ///   - days: how long a certificate is valid.
    /// - Throws: an error whose description is a sentence that says what keeps it from being made or kept.
    public static func automatic(names: [String], directory: String? = nil, days: Int = 3650) throws -> ServerIdentity {
        let directory = try directory.map { StateDirectory(path: $0) } ?? StateDirectory.standard()
        return .automatic(try AutomaticIdentity(names: names, days: days, directory: directory))
    }

    /// Certificates that the server looks after by itself, one for each of many hosts: a thousand that have none yet are made
    /// in seconds, where one after the other takes minutes.
    ///
    /// - Parameters:
    ///   - hosts: the names of each host.
    ///   - directory: where they are kept, as of ``automatic(names:directory:days:)``.
    ///   - days: how long a certificate is valid.
    /// - Returns: one identity for each host, in their order.
    /// - Throws: what ``automatic(names:directory:days:)`` throws.
    public static func automatic(
        hosts: [[String]],
        directory: String? = nil,
        days: Int = 3650
    ) throws -> [ServerIdentity] {
        let directory = try directory.map { StateDirectory(path: $0) } ?? StateDirectory.standard()
        return try AutomaticIdentity.make(hosts: hosts, days: days, directory: directory).map { .automatic($0) }
    }

    package static func fixed(_ identity: Identity) -> ServerIdentity {
        ServerIdentity(source: .fixed(identity))
    }

    package static func files(_ identity: FileIdentity) -> ServerIdentity {
        ServerIdentity(source: .files(identity))
    }

    package static func automatic(_ identity: AutomaticIdentity) -> ServerIdentity {
        ServerIdentity(source: .automatic(identity))
    }

    /// The identity as it stands.
    package var current: Identity {
        switch self.source {
        case .fixed(let identity): identity
        case .files(let identity): identity.current
        case .automatic(let identity): identity.current
        }
    }
}
