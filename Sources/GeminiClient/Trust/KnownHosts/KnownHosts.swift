/// The servers that are known, by host and port, with the certificates that they had before (GP-171).
///
/// On disk or in memory. On disk several processes may use one file at once: each change is one piece, made while no
/// other process makes one, and a crash leaves the old file or the new one. Reading takes no lock. All methods may be
/// called on any thread and leave disk work to NIO's thread pool.
///
/// ```swift
/// let knownHosts = try KnownHosts.standard()
/// for host in try await knownHosts.all() { print(host.host, host.port, host.notAfter as Any) }
/// // A human looked at both certificates and said yes:
/// try await knownHosts.accept(presented, host: host, port: 1965)
/// ```
///
/// ## The file
///
/// Text in UTF-8. The first line is `# Known hosts of Gemini servers, version 1` and perhaps more behind it; without it
/// a file is refused. Other lines are a host and port, a state, and fields, separated by spaces:
///
/// ```
/// example.org:1965 known key=86341f… certificate=0b52… sha512=… until=2031-05-01T00:00:00Z first=… last=…
/// example.org:1965 earlier key=86341f… certificate=77a0… until=2026-05-01T00:00:00Z first=… last=…
/// ```
///
/// | field | |
/// | --- | --- |
/// | state | `known` is trusted now; `earlier` was trusted before. Of several `known` lines the last one counts |
/// | `key` | SHA-256 of the public key (SubjectPublicKeyInfo), in any spelling of `Fingerprint` |
/// | `certificate` | SHA-256 of the certificate. One of `key`, `certificate` and `sha512` has to be there |
/// | `sha512` | SHA-512 of the certificate, in base64 |
/// | `until` | the last second in which the certificate is valid, in ISO 8601 |
/// | `first`, `last` | when it was seen first, and last to the day |
///
/// IPv6 addresses stand in brackets. Unknown fields of the form `name=value`, comments and everything else that means
/// nothing stay as they are. A line that begins with a host and port and cannot be read on is an error for that server
/// alone: it must not be met as if for the first time.
public final class KnownHosts: Sendable {
    private enum Storage: Sendable {
        case memory(KnownHostsMemory)
        case file(KnownHostsFile)
    }

    private let storage: Storage

    private init(_ storage: Storage) {
        self.storage = storage
    }

    /// Known hosts in memory, which are gone with the object.
    public convenience init() {
        self.init(.memory(KnownHostsMemory()))
    }

    /// Known hosts in a file, which need not exist. Its folder is made with the first host that is kept.
    public convenience init(path: String) {
        self.init(.file(KnownHostsFile(LockedFile(path: path))))
    }

    convenience init(_ file: LockedFile) {
        self.init(.file(KnownHostsFile(file)))
    }

    /// The file that clients of one user share: `$XDG_DATA_HOME/canaveral/known_hosts`, else
    /// `$HOME/.local/share/canaveral/known_hosts`, on every system.
    ///
    /// - Throws: ``StorageError/noDataDirectory`` where neither variable has an absolute path.
    public static func standard() throws(StorageError) -> KnownHosts {
        KnownHosts(path: try DataDirectory.standard() + "/known_hosts")
    }

    /// The file; `nil` in memory.
    public var path: String? {
        if case .file(let file) = self.storage { file.file.path } else { nil }
    }

    /// The hosts as they are now.
    public func table() async throws(StorageError) -> KnownHostsTable {
        switch self.storage {
        case .memory(let memory): memory.table()
        case .file(let file): try await LockedFile.onThreadPool { () throws(StorageError) in try file.table() }
        }
    }

    /// Changes the hosts while nobody else does, in this process or another.
    ///
    /// - Parameter body: gets the hosts as they are on disk now.
    public func update<Result: Sendable>(
        _ body: @escaping @Sendable (inout KnownHostsTable) -> Result
    ) async throws(StorageError) -> Result {
        switch self.storage {
        case .memory(let memory): memory.update(body)
        case .file(let file):
            try await file.file.inTurn { () throws(StorageError) in try file.update(body) }
        }
    }
}
