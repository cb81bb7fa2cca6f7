import GeminiProtocol
import Testing

@testable import GeminiClient

@Suite("The known hosts file")
struct KnownHostsTableTests {
    static let header = "# Known hosts of Gemini servers, version 1; more\n"
    static let digits = String(repeating: "ab", count: 32)
    static let other = String(repeating: "cd", count: 32)

    let host = try! Host("example.org")

    private func table(_ lines: String...) throws -> KnownHostsTable {
        try KnownHostsTable(parsing: Array((Self.header + lines.map { "\($0)\n" }.joined()).utf8))
    }

    private func known(_ name: String, _ digits: String = digits, lastSeen: Int64 = 0) throws -> KnownHost {
        KnownHost(
            host: try Host(name),
            port: 1965,
            fingerprint: Fingerprint(parsing: digits),
            publicKeyFingerprint: nil,
            notAfter: nil,
            lastSeen: Timestamp(secondsSinceEpoch: lastSeen)
        )
    }

    @Test("Every field is written and read back")
    func fields() throws {
        for name in ["example.org", "[2001:db8::1]", "192.0.2.1", "xn--caf-dma.example"] {
            var table = KnownHostsTable()
            let host = KnownHost(
                host: try Host(name),
                port: 1966,
                fingerprint: Fingerprint(parsing: Self.digits),
                publicKeyFingerprint: Fingerprint(parsing: Self.other),
                sha512: (0..<64).map { UInt8($0) },
                notAfter: Timestamp(iso8601: "+12026-11-21T01:02:03Z"),
                firstSeen: ShownServer.now,
                lastSeen: ShownServer.now + .seconds(1)
            )
            table.accept(host)
            let again = try KnownHostsTable(parsing: table.text)
            #expect(again[host.host, port: 1966] == host)
            #expect(again.all == [host] && again.text == table.text)
        }
    }

    @Test("Lines that mean nothing stay as they are and where they are")
    func oddLines() throws {
        let lines = [
            "# a comment", "", "   ", "what is this", "example.org", "caf\u{00E9}", "example.org:1965", ":1965 known",
            "EXAMPLE.net:1965  known\tkey=\(Self.digits)  dane=yes ", "# last",
        ]
        let text = Self.header + lines.joined(separator: "\n") + "\n"
        var bytes = Array(text.utf8)
        bytes.insert(0xFF, at: bytes.count - 3)
        var table = try KnownHostsTable(parsing: bytes)
        #expect(table.text == bytes)
        table.accept(try self.known("other.example"))
        #expect(table.text.starts(with: bytes) && table.text.count > bytes.count)
        table.forget(try Host("other.example"), port: 1965)
        #expect(table.text == bytes)
        #expect(table[try Host("example.net"), port: 1965]?.publicKeyFingerprint == Fingerprint(parsing: Self.digits))
    }

    @Test("A field of a later version stays when its line changes")
    func laterFields() throws {
        var table = try self.table("example.org:1965 known certificate=\(Self.digits) dane=yes")
        var host = try self.known("example.org")
        host.publicKeyFingerprint = Fingerprint(parsing: Self.other)
        let conflicts = table.add([host])
        #expect(conflicts == [])
        #expect(
            String(decoding: table.text, as: UTF8.self).hasSuffix(
                "example.org:1965 known key=\(Self.other) certificate=\(Self.digits) last=1970-01-01T00:00:00Z dane=yes\n"
            )
        )
    }

    @Test(
        "A line about a host that cannot be read on keeps it from being met as if for the first time",
        arguments: [
            "example.org:1965", "example.org:1965 known", "example.org:1965 known key=",
            "EXAMPLE.org.:1965 known key=ab",
            "example.org:1965 known key=\(digits) key=\(digits)", "example.org:1965 known \(digits)",
            "example.org:1965 known until=2026-01-01", "example.org:1965 trusted key=\(digits)",
            "example.org:1965 known key=\(digits) until=soon", "example.org:1965 known key=\(digits) =x",
            "example.org:1965 known key=\(digits) sha512=AAAA", "example.org:1965 known key=\(digits) x=\u{7}",
            "example.org:1965 known key=\(digits) x=" + String(repeating: "y", count: 5000),
        ]
    )
    func damaged(line: String) throws {
        var table = try self.table("# one", line)
        let before = table.text
        let met = try self.known("example.org")
        let meeting = table.meet(met, by: .publicKey, at: ShownServer.now)
        #expect(meeting == .damaged(line: 3))
        #expect(table.text == before)
        #expect(table.meeting(try self.known("example.net"), by: .publicKey, at: ShownServer.now) == .first)
        table.accept(met)
        #expect(table.meeting(met, by: .publicKey, at: ShownServer.now) == .same(isDue: true))
        table = try self.table(line)
        let (wasKnown, first) = (
            table.forget(self.host, port: 1965), table.meet(met, by: .publicKey, at: ShownServer.now)
        )
        #expect(wasKnown && first == .first)
    }

    @Test("Of two lines about a host the later counts, and the other is history")
    func twice() throws {
        let table = try self.table(
            "example.org:1965 known certificate=\(Self.digits)",
            "example.org:1965 known certificate=\(Self.other)"
        )
        #expect(table.all.map(\.fingerprint) == [Fingerprint(parsing: Self.other)])
        #expect(table.history(of: self.host, port: 1965).map(\.fingerprint) == [Fingerprint(parsing: Self.digits)])
    }

    @Test("An empty file is empty; anything that does not begin as ours is refused")
    func headers() throws {
        #expect(try KnownHostsTable(parsing: []).all == [])
        for text in [
            "\n", "example.org:1965 known key=\(Self.digits)\n", "# Known hosts", "\u{FEFF}\(Self.header)", "\0",
        ] {
            #expect(throws: KnownHostsTable.TextError.notKnownHosts) {
                try KnownHostsTable(parsing: Array(text.utf8))
            }
        }
        #expect(throws: KnownHostsTable.TextError.notKnownHosts) {
            try KnownHostsTable(parsing: Array((Self.header + "\0\0\0").utf8))
        }
        #expect(throws: KnownHostsTable.TextError.laterVersion("12")) {
            try KnownHostsTable(parsing: Array("# Known hosts of Gemini servers, version 12\n".utf8))
        }
    }

    @Test("The history of a host is bounded, the latest first")
    func history() throws {
        var table = KnownHostsTable()
        for number in 0..<20 {
            let digits = String(repeating: number < 10 ? "0\(number)" : "\(number)", count: 32)
            table.accept(try self.known("example.org", digits))
        }
        let history = table.history(of: self.host, port: 1965)
        #expect(history.count == KnownHostsTable.maximumHistory)
        #expect(history.first?.fingerprint == Fingerprint(parsing: String(repeating: "18", count: 32)))
        #expect(table.all.count == 1)
        let wasKnown = [table.forget(self.host, port: 1965), table.forget(self.host, port: 1965)]
        #expect(wasKnown == [true, false])
        #expect(table.history(of: self.host, port: 1965) == [])
    }

    @Test("Of more hosts than are kept, the one that was not seen for longest goes")
    func bound() throws {
        var lines = Self.header
        for number in 0..<KnownHostsTable.maximumHosts {
            let seen = Timestamp(secondsSinceEpoch: number == 5 ? 1 : Int64(1000 + number))
            lines += "host\(number).example:1965 known key=\(Self.digits) last=\(seen)\n"
        }
        var table = try KnownHostsTable(parsing: Array(lines.utf8))
        table.accept(try self.known("new.example", lastSeen: 0))
        #expect(table.all.count == KnownHostsTable.maximumHosts)
        #expect(table[try Host("host5.example"), port: 1965] == nil)
        #expect(table[try Host("new.example"), port: 1965] != nil)
    }

    @Test("Of more lines than are kept, the earliest certificates go, and no known one")
    func lineBound() throws {
        let earlier = (0..<KnownHostsTable.maximumLines).map { number in
            "host\(number % 5000).example:1965 earlier key=\(Self.digits) x=\(number)\n"
        }
        let known = "example.org:1965 known key=\(Self.digits)\n"
        var table = try KnownHostsTable(parsing: Array((Self.header + known + earlier.joined()).utf8))
        table.accept(try self.known("new.example"))
        #expect(table.lines.count == KnownHostsTable.maximumLines)
        #expect(table.all.map(\.host.description) == ["example.org", "new.example"])
        #expect(table.lines[2].record?.extras == ["x=3"])
    }

    @Test("What another program knows does not replace what is known here")
    func adding() throws {
        var table = KnownHostsTable()
        table.accept(try self.known("example.org"))
        let before = table.text
        let conflict = try self.known("example.org", Self.other)
        let new = try self.known("example.net")
        var conflicts = table.add([conflict])
        #expect(conflicts == [conflict])
        #expect(table.text == before)
        conflicts = table.add([conflict, new])
        #expect(conflicts == [conflict])
        #expect(table.all == [try self.known("example.org"), new])
    }

    /// The servers that somebody may have met: by which hashes, and of which of two certificates.
    private func host(_ name: Character, key: Bool, sha256: Bool, sha512: Bool) throws -> KnownHost {
        KnownHost(
            host: self.host,
            port: 1965,
            fingerprint: sha256 ? Fingerprint(parsing: String(repeating: "1\(name)", count: 32)) : nil,
            publicKeyFingerprint: key ? Fingerprint(parsing: String(repeating: "2\(name)", count: 32)) : nil,
            sha512: sha512 ? Array(repeating: 0x30 + (name.hexDigitValue.map(UInt8.init) ?? 0), count: 64) : nil,
            notAfter: nil
        )
    }

    @Test("What was exported comes back as the same, by whichever hash, and another certificate never does")
    func comparing() throws {
        let all = try (1..<8).map { try self.host("a", key: $0 & 1 != 0, sha256: $0 & 2 != 0, sha512: $0 & 4 != 0) }
        let others = try (1..<8).map { try self.host("b", key: $0 & 1 != 0, sha256: $0 & 2 != 0, sha512: $0 & 4 != 0) }
        for (index, known) in all.enumerated() {
            var table = KnownHostsTable()
            table.accept(known)
            let before = table.text
            for (other, imported) in all.enumerated() {
                var table = table
                let conflicts = table.add([imported])
                let isComparable = (index + 1) & (other + 1) != 0
                #expect(known.isComparable(to: imported) == isComparable)
                #expect(conflicts == (isComparable ? [] : [imported]), "\(index) \(other)")
                #expect(table.all.count == 1)
                if isComparable {
                    #expect(table.all == [all[((index + 1) | (other + 1)) - 1]])
                } else {
                    #expect(table.text == before)
                }
            }
            for imported in others {
                let conflicts = table.add([imported])
                #expect(conflicts == [imported])
                #expect(table.text == before)
                #expect(!known.matches(imported, by: .publicKey) && !known.matches(imported, by: .certificate))
            }
        }
    }

    @Test("A server is who it was by the one hash that is known of it", arguments: KnownHost.Match.allCases)
    func meetingByOne(_ match: KnownHost.Match) throws {
        let shown = try self.host("a", key: true, sha256: true, sha512: true)
        let stranger = try self.host("b", key: true, sha256: true, sha512: true)
        for bits in 1..<8 {
            let known = try self.host("a", key: bits & 1 != 0, sha256: bits & 2 != 0, sha512: bits & 4 != 0)
            var table = KnownHostsTable()
            table.accept(known)
            #expect(table.meeting(stranger, by: match, at: ShownServer.now) == .changed(known))
            #expect(table.meeting(shown, by: match, at: ShownServer.now) == .same(isDue: true))
        }
    }
}
