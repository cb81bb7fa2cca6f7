import GeminiProtocol

/// The text forms in which other programs keep the servers that they know, to take them over and to hand them on.
///
/// ```swift
/// let text = try Array(Data(contentsOf: lagrange.appending(path: "trusted.2.txt")))
/// let conflicts = try await knownHosts.add(KnownHostsFormat.lagrange.hosts(in: text).hosts)
/// ```
///
/// Facts of the formats, as their programs read and write them:
///
/// - Lagrange (`src/gmcerts.c`, the file `trusted.2.txt`): `HOST;PORT UNTIL KEY`, where HOST is in A-labels, UNTIL in
///   seconds since 1970, and KEY the SHA-256 of the public key (SubjectPublicKeyInfo) in lower-case hexadecimal.
/// - gmni (`src/tofu.c`, the file `known_hosts`), and tools that took its form over: `HOST ALGORITHM FINGERPRINT EXPIRES`,
///   where ALGORITHM is `SHA-512`, FINGERPRINT that of the whole certificate in upper-case hexadecimal with colons, and
///   EXPIRES in seconds since 1970. Lines with an unknown algorithm count for nothing.
/// - go-gemini (`tofu/tofu.go`): `HOST ALGORITHM FINGERPRINT`, exactly three fields, where ALGORITHM is `sha256` and
///   FINGERPRINT that of the whole certificate in base64.
public enum KnownHostsFormat: Sendable, Hashable, CaseIterable {
    case lagrange
    case gmni
    case goGemini

    /// What was read of a file.
    public struct Reading: Sendable, Hashable {
        /// The hosts, in the order of the file. Of several lines about one host the last counts, as it does there.
        public var hosts: [KnownHost] = []
        /// The numbers, from 1, of the lines that say nothing that could be used; empty lines and comments are not
        /// among them.
        public var skippedLines: [Int] = []
    }

    /// What was written to a file.
    public struct Writing: Sendable, Hashable {
        /// The file.
        public var text: String = ""
        /// The hosts that the form cannot tell of: another port than 1965 in forms without ports, or a fingerprint that
        /// is not known.
        public var omitted: [KnownHost] = []
    }

    /// Reads the hosts in a file of this form. gmni's and go-gemini's are read alike, in any spelling of fingerprints.
    public func hosts(in text: [UInt8]) -> Reading {
        var reading = Reading()
        var places: [KnownHostsTable.Key: Int] = [:]
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let fields = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let first = fields.first, first.utf8.first != UInt8(ascii: "#") else { continue }
            guard let host = self == .lagrange ? Self.lagrangeHost(fields) : Self.toolsHost(fields) else {
                reading.skippedLines.append(index + 1)
                continue
            }
            let key = KnownHostsTable.Key(host.host, host.port)
            if let place = places[key] {
                reading.hosts[place] = host
            } else {
                places[key] = reading.hosts.count
                reading.hosts.append(host)
            }
        }
        return reading
    }

    /// Writes hosts in this form.
    public func text(of hosts: some Sequence<KnownHost>) -> Writing {
        var writing = Writing()
        for host in hosts {
            if let line = self.line(of: host) {
                writing.text += line + "\n"
            } else {
                writing.omitted.append(host)
            }
        }
        return writing
    }

    private func line(of host: KnownHost) -> String? {
        switch self {
        case .lagrange: Self.lagrangeLine(host)
        case .gmni: Self.gmniLine(host)
        case .goGemini: Self.goGeminiLine(host)
        }
    }

    /// An address as these programs write it: without brackets.
    static func bareName(_ host: Host) -> String {
        if case .ipv6(let address) = host.kind { address.description } else { host.description }
    }

    /// Seconds since 1970, as a C library reads them.
    static func seconds(_ text: Substring) -> Timestamp? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text) else { return nil }
        // What a calendar can tell.
        let moment = Timestamp(secondsSinceEpoch: seconds)
        return Timestamp(iso8601: moment.description) == nil ? nil : moment
    }
}
