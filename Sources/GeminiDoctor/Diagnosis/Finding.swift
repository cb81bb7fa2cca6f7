/// Something that a check found out about a server.
package struct Finding: Sendable, Hashable {
    package enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
        /// A fact that is neither good nor bad.
        case note
        /// Something that the protocol says should be otherwise, or that this project or others expect otherwise.
        case warning
        /// Something that the protocol says must be otherwise.
        case violation

        package static func < (left: Level, right: Level) -> Bool {
            let order = Self.allCases
            return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
        }
    }

    /// One instance of it.
    package struct Evidence: Sendable, Hashable {
        /// What was sent, escaped.
        package var sent: String?
        /// What came back, escaped, and how it ended.
        package var received: String?
    }

    package var level: Level
    /// The requirements that it is about, where these are not all of its check's.
    package var rows: [String]
    /// What is so, as a sentence.
    package var title: String
    package var evidence: [Evidence]
    /// How to mend it, as a sentence.
    package var remedy: String?

    init(
        _ level: Level,
        rows: [String] = [],
        _ title: String,
        sent: String? = nil,
        received: String? = nil,
        remedy: String? = nil
    ) {
        self.level = level
        self.rows = rows
        self.title = title
        self.evidence = sent == nil && received == nil ? [] : [Evidence(sent: sent, received: received)]
        self.remedy = remedy
    }

    /// A finding on what came back for a request.
    init(
        _ level: Level,
        rows: [String] = [],
        _ title: String,
        _ exchange: Exchange,
        remedy: String? = nil
    ) {
        self.init(
            level,
            rows: rows,
            title,
            sent: exchange.sentText,
            received: exchange.receivedText,
            remedy: remedy
        )
    }

    static func note(_ title: String, sent: String? = nil, received: String? = nil) -> Finding {
        Finding(.note, title, sent: sent, received: received)
    }
}

extension [Finding] {
    /// The findings with those that say the same put together, in their order.
    var merged: [Finding] {
        self.reduce(into: []) { merged, finding in
            var bare = finding
            bare.evidence = []
            let index = merged.firstIndex { other in
                var other = other
                other.evidence = []
                return other == bare
            }
            if let index {
                merged[index].evidence += finding.evidence
            } else {
                merged.append(finding)
            }
        }
    }
}
