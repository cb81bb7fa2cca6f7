public import GeminiProtocol

/// The known hosts at one moment: what a file of them holds.
///
/// A value without a file: ``KnownHosts`` reads it, hands it to a transaction and writes it. Lines of a file that mean
/// nothing to this version stay in it as they are.
///
/// ```swift
/// try await knownHosts.update { table in
///     for known in table.all where known.notAfter.map({ $0 < now }) ?? false {
///         table.forget(known.host, port: known.port)
///     }
/// }
/// ```
public struct KnownHostsTable: Sendable {
    /// The most hosts that are kept; of more, those go that were not seen for the longest time.
    public static let maximumHosts = 10_000
    /// The most earlier certificates that are kept of one host; of more, the earliest go.
    public static let maximumHistory = 8

    /// The most lines that a new certificate leaves; of more, the earliest certificates of any host go.
    static let maximumLines = 40_000

    struct Key: Hashable {
        let host: Host
        let port: UInt16

        init(_ host: Host, _ port: UInt16) {
            self.host = host.withoutTrailingDot
            self.port = port
        }
    }

    /// Where the lines about a host are.
    struct Places {
        var known: Int?
        /// The latest last.
        var earlier: [Int] = []
        /// Lines that seem to be about this host and cannot be read.
        var damaged: [Int] = []
    }

    var lines: [KnownHostsLine]
    private(set) var places: [Key: Places] = [:]

    /// Makes an empty table.
    public init() {
        self.lines = []
    }

    init(lines: [KnownHostsLine]) {
        self.lines = lines
        self.index()
    }

    /// Whether there is not even a comment.
    var isEmpty: Bool {
        self.lines.isEmpty
    }

    /// What is known of the server at a host and port.
    public subscript(_ host: Host, port port: UInt16) -> KnownHost? {
        self.places[Key(host, port)]?.known.flatMap { self.lines[$0].record?.host }
    }

    /// Every known host, in the order of the file.
    public var all: [KnownHost] {
        self.lines.enumerated().compactMap { index, line in
            guard let host = line.record?.host, self.places[Key(host.host, host.port)]?.known == index else {
                return nil
            }
            return host
        }
    }

    /// The certificates that a host had before the one that is known now, the latest first.
    public func history(of host: Host, port: UInt16) -> [KnownHost] {
        (self.places[Key(host, port)]?.earlier ?? []).reversed().compactMap { self.lines[$0].record?.host }
    }

    /// The number, from 1, of a line that seems to be about a host and cannot be read.
    func damagedLine(of host: Host, port: UInt16) -> Int? {
        self.places[Key(host, port)]?.damaged.first.map { $0 + 1 }
    }

    /// Trusts a certificate from now on; the one before goes into the history. This is a human's yes to a change.
    public mutating func accept(_ host: KnownHost) {
        self.remove(self.places[Key(host.host, host.port)]?.damaged ?? [])
        self.take(host)
    }

    /// Puts a certificate in the place of the one before.
    mutating func take(_ host: KnownHost) {
        let key = Key(host.host, host.port)
        if let place = self.places[key]?.known, var before = self.lines[place].record {
            if before.host.matches(host, by: .certificate), before.host.mayBeSameCertificate(as: host) {
                before.host.learn(from: host)
                before.host.lastSeen = host.lastSeen ?? before.host.lastSeen
                self.lines[place] = KnownHostsLine(before)
                return
            }
            before.state = .earlier
            self.lines[place] = KnownHostsLine(before)
        }
        self.lines.append(KnownHostsLine(KnownHostsRecord(state: .known, host: host)))
        self.index()
        self.trim(keeping: key)
    }

    /// Forgets a host with its history, so that it is met for the first time again.
    ///
    /// - Returns: whether it was known.
    @discardableResult
    public mutating func forget(_ host: Host, port: UInt16) -> Bool {
        guard let places = self.places[Key(host, port)] else { return false }
        self.remove([places.known].compactMap(\.self) + places.earlier + places.damaged)
        return true
    }

    /// Adds hosts that another program knows.
    ///
    /// A host that is known already stays as it is, and is told what was not known of it yet, such as the expiry.
    ///
    /// - Returns: those that are known here by another key or certificate, or by a hash that theirs cannot be compared to.
    ///   Nothing was done about them: ``accept(_:)`` is there for a human's yes.
    @discardableResult
    public mutating func add(_ hosts: some Sequence<KnownHost>) -> [KnownHost] {
        var conflicts: [KnownHost] = []
        for host in hosts {
            guard let place = self.places[Key(host.host, host.port)]?.known, var record = self.lines[place].record
            else {
                self.take(host)
                continue
            }
            guard record.host.matches(host, by: .publicKey) || record.host.matches(host, by: .certificate) else {
                conflicts.append(host)
                continue
            }
            guard record.host.mayBeSameCertificate(as: host) else { continue }
            record.host.learn(from: host)
            self.replace(place, with: record)
        }
        return conflicts
    }

    /// Puts other values into a line about the same host and of the same state.
    mutating func replace(_ place: Int, with record: KnownHostsRecord) {
        if self.lines[place].record != record {
            self.lines[place] = KnownHostsLine(record)
        }
    }

    private mutating func remove(_ places: [Int]) {
        guard !places.isEmpty else { return }
        let places = Set(places)
        self.lines = self.lines.enumerated().filter { !places.contains($0.offset) }.map(\.element)
        self.index()
    }

    private mutating func index() {
        self.places = [:]
        for (index, line) in self.lines.enumerated() {
            switch line.content {
            case .record(let record):
                let key = Key(record.host.host, record.host.port)
                switch record.state {
                case .earlier:
                    self.places[key, default: Places()].earlier.append(index)
                case .known:
                    // Of two the later is right, as it would be had it been appended.
                    if let before = self.places[key]?.known {
                        self.places[key]?.earlier.append(before)
                    }
                    self.places[key, default: Places()].known = index
                }
            case .damaged(let host, let port):
                self.places[Key(host, port), default: Places()].damaged.append(index)
            case .other:
                break
            }
        }
    }

    /// Keeps within the limits.
    private mutating func trim(keeping key: Key) {
        var surplus = Array((self.places[key]?.earlier ?? []).dropLast(Self.maximumHistory))
        let excess = self.places.count - Self.maximumHosts
        if excess > 0 {
            let oldest = self.places.filter { $0.key != key && $0.value.damaged.isEmpty }.map(\.value)
                .map { (places: $0, seen: self.lastSeen($0)) }
                .sorted { $0.seen < $1.seen }
            for (places, _) in oldest.prefix(excess) {
                surplus += [places.known].compactMap(\.self) + places.earlier
            }
        }
        let excessLines = self.lines.count - surplus.count - Self.maximumLines
        if excessLines > 0 {
            surplus += self.lines.indices.filter { self.lines[$0].record?.state == .earlier }.prefix(excessLines)
        }
        self.remove(surplus)
    }

    private func lastSeen(_ places: Places) -> Timestamp {
        let host = places.known.flatMap { self.lines[$0].record?.host }
        return host?.lastSeen ?? host?.firstSeen ?? Timestamp(secondsSinceEpoch: .min)
    }
}
