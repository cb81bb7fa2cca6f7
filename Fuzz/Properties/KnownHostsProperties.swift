import GeminiClient
import GeminiProtocol

/// What holds for every file of known hosts, our own and other programs'.
///
/// Stops the process when something does not hold.
package func checkKnownHostsProperties(_ input: [UInt8]) {
    checkTable(input)
    checkTable(Array("\(KnownHostsTable.header)\n".utf8) + input)
    for format in KnownHostsFormat.allCases {
        checkFormat(format, input)
    }
}

private let stranger = Fingerprint(bytes: [UInt8](repeating: 0x5A, count: 32))

private func checkTable(_ input: [UInt8]) {
    guard let table = try? KnownHostsTable(parsing: input), !input.isEmpty else { return }
    precondition(table.text == input + (input.last == 0x0A ? [] : [0x0A]), "a file changes by being read")
    let known = table.all
    precondition(Set(known.map { "\($0.host):\($0.port)" }).count == known.count, "a host is known twice")
    // A few of many: the others are like them.
    for host in known.prefix(8) {
        precondition(table[host.host, port: host.port] == host, "a host is not found: \(host)")
        checkMeetings(table, host)
        var accepted = table
        accepted.accept(host)
        precondition(accepted.all.count == known.count && accepted[host.host, port: host.port] == host)
        checkReading(accepted)
        precondition(accepted.forget(host.host, port: host.port), "a host is not forgotten: \(host)")
        precondition(accepted.all == known.filter { $0 != host }, "others are forgotten too")
        precondition(accepted.history(of: host.host, port: host.port) == [])
        checkReading(accepted)
    }
    var grown = table
    guard let name = try? Host("new.invalid"), grown[name, port: 1] == nil else { return }
    let new = KnownHost(host: name, port: 1, fingerprint: stranger, publicKeyFingerprint: nil, notAfter: nil)
    grown.accept(new)
    precondition(grown.all.last == new && grown.all.dropLast().elementsEqual(known), "others change with a new host")
    checkReading(grown)
    // Lines that are the same are not read again; that makes no difference.
    for (text, earlier) in [(grown.text, table), (table.text, grown), (input.reversed(), table)] {
        let knowing = try? KnownHostsTable(parsing: text, knowing: earlier)
        let fresh = try? KnownHostsTable(parsing: text)
        precondition(knowing?.all == fresh?.all && knowing?.text == fresh?.text, "what was read before matters")
    }
}

private func checkMeetings(_ table: KnownHostsTable, _ host: KnownHost) {
    for match in [KnownHost.Match.publicKey, .certificate] {
        for now in [Timestamp(secondsSinceEpoch: 0), Timestamp(secondsSinceEpoch: 4_000_000_000)] {
            var met = table
            guard case .same = met.meet(host, by: match, at: now) else {
                preconditionFailure("who is known is not recognised: \(host)")
            }
            precondition(met.history(of: host.host, port: host.port) == table.history(of: host.host, port: host.port))
            checkReading(met)

            var other = host
            (other.fingerprint, other.publicKeyFingerprint, other.sha512) = (stranger, stranger, nil)
            guard !host.matches(other, by: match) else { continue }
            let meeting = met.meet(other, by: match, at: now)
            let isOver = host.notAfter.map { $0 < now } ?? false
            if isOver {
                precondition(meeting == .succeeded, "after the expiry another is refused: \(host)")
                precondition(met[host.host, port: host.port]?.fingerprint == stranger)
            } else {
                guard case .changed = meeting else { preconditionFailure("another is taken for who is known: \(host)") }
                precondition(met[host.host, port: host.port]?.fingerprint == host.fingerprint)
            }
        }
    }
}

private func checkReading(_ table: KnownHostsTable) {
    guard let again = try? KnownHostsTable(parsing: table.text) else {
        preconditionFailure("a written file cannot be read")
    }
    precondition(again.all == table.all && again.text == table.text, "a written file reads as another")
}

private func checkFormat(_ format: KnownHostsFormat, _ input: [UInt8]) {
    let reading = format.hosts(in: input)
    precondition(Set(reading.hosts.map { "\($0.host):\($0.port)" }).count == reading.hosts.count)
    precondition(reading.skippedLines.allSatisfy { $0 >= 1 && $0 <= input.count { $0 == 0x0A } + 1 })
    let writing = format.text(of: reading.hosts)
    let again = format.hosts(in: Array(writing.text.utf8))
    precondition(again.skippedLines == [], "a written line cannot be read: \(writing.text)")
    precondition(again.hosts.count + writing.omitted.count == reading.hosts.count, "a host is lost")
    precondition(
        format.text(of: again.hosts).text == writing.text,
        "hosts change on the way"
    )
    if format == .lagrange {
        precondition(again.hosts == reading.hosts && writing.omitted == [], "Lagrange's hosts change on the way")
    }
    var table = KnownHostsTable()
    precondition(table.add(reading.hosts) == [] && table.all == reading.hosts, "hosts change when they are added")
    precondition(table.add(reading.hosts) == [] && table.all == reading.hosts)
    checkReading(table)
}
