package import GeminiProtocol

extension KnownHostsTable {
    /// What it means that a server shows itself as it does.
    package enum Meeting: Sendable, Hashable {
        /// Nobody was known at this host and port.
        case first
        /// The one who is known. Due when there is something new to write down.
        case same(isDue: Bool)
        /// The one who is known, by its key, with another certificate (GP-175).
        case renewed
        /// Another than the one who is known, whose certificate has expired (GP-173).
        case succeeded
        /// Another than the one who is known (GP-172).
        case changed(KnownHost)
        /// A line of the file seems to be about this host and cannot be read.
        case damaged(line: Int)
    }

    /// How old the note of the last meeting gets before it is written anew.
    package static let sightingInterval = Duration.seconds(86_400)

    /// Compares a server with the one that is known, and changes nothing.
    package func meeting(_ server: KnownHost, by match: KnownHost.Match, at now: Timestamp) -> Meeting {
        guard let known = self[server.host, port: server.port] else {
            return self.damagedLine(of: server.host, port: server.port).map { .damaged(line: $0) } ?? .first
        }
        guard known.matches(server, by: match) else {
            if let notAfter = known.notAfter, notAfter < now { return .succeeded }
            return .changed(known)
        }
        guard known.mayBeSameCertificate(as: server) else { return .renewed }
        var informed = known
        informed.learn(from: server)
        let isStale = known.lastSeen.map { now - $0 >= Self.sightingInterval } ?? true
        return .same(isDue: isStale || informed != known)
    }

    /// Meets a server: decides, and writes down what follows from the decision.
    package mutating func meet(_ server: KnownHost, by match: KnownHost.Match, at now: Timestamp) -> Meeting {
        var server = server
        server.firstSeen = now
        server.lastSeen = now
        let meeting = self.meeting(server, by: match, at: now)
        switch meeting {
        case .first, .renewed, .succeeded:
            self.take(server)
        case .same(isDue: true):
            if let place = self.places[Key(server.host, server.port)]?.known, var record = self.lines[place].record {
                record.host.learn(from: server)
                record.host.lastSeen = max(now, record.host.lastSeen ?? now)
                self.replace(place, with: record)
            }
        case .same(isDue: false), .changed, .damaged:
            break
        }
        return meeting
    }
}
