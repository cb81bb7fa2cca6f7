import GeminiProtocol

/// A line of a known hosts file that says something.
struct KnownHostsRecord: Sendable, Hashable {
    enum State: String, Sendable {
        /// The certificate that is trusted.
        case known
        /// One before it.
        case earlier
    }

    var state: State
    var host: KnownHost
    /// `name=value` fields that a later version may have written.
    var extras: [String] = []
}

/// A line of a known hosts file: its bytes, which stay as they are until what it says changes, and what it says.
struct KnownHostsLine: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        case record(KnownHostsRecord)
        /// It begins as a line about this host does and cannot be read on.
        case damaged(Host, UInt16)
        /// A comment, an empty line, or something unknown.
        case other
    }

    let bytes: [UInt8]
    let content: Content

    init(_ record: KnownHostsRecord) {
        self.bytes = Array(record.text.utf8)
        self.content = .record(record)
    }

    init(parsing bytes: some Collection<UInt8>) {
        self.bytes = Array(bytes)
        self.content = Self.content(of: self.bytes)
    }

    var record: KnownHostsRecord? {
        if case .record(let record) = self.content { record } else { nil }
    }
}
