extension ConfigurationDocument {
    /// The keys of canaveral.toml in the order of its manual page. What is not among them keeps its order, behind them.
    private static let keys = [
        // Of the server.
        "listen", "state-directory", "reuse-port", "allow-name-mismatch", "client-authorities", "user", "group",
        "chroot",
        "sandbox",
        // Of a listener.
        "address", "mode", "tls", "proxy-protocol",
        // Of a host.
        "name", "aliases", "default", "certificate", "key", "users", "pass-through",
        // Of a location.
        "path", "exact", "regex",
        // Content.
        "root", "index", "listing", "listing-order", "listing-titles", "listing-header", "listing-footer", "language",
        "charset", "media-types", "meta-files",
        // Policy.
        "rate-limit", "allow-from", "deny-from", "require-certificate", "certificate-prompt", "allow-certificates",
        "certificate-authorities", "access-log",
        // What a location does.
        "redirect", "permanent", "answer", "cgi", "scgi", "fastcgi", "proxy", "titan",
        // Tables.
        "listener", "limits", "log", "metrics", "host", "location",
    ]

    private static let ranks = Dictionary(uniqueKeysWithValues: zip(Self.keys, 0...))

    /// Gateways and proxies have keys of their own, whose names mean other things elsewhere.
    private static let orderedAsGiven: Set<String> = ["cgi", "scgi", "fastcgi", "proxy", "titan"]

    /// Sorts by the manual page's order, and keeps what is equal as it was.
    static func sorted<Element>(_ elements: [Element], in table: String?, by key: (Element) -> String) -> [Element] {
        if let table, self.orderedAsGiven.contains(table) { return elements }
        return elements.enumerated().sorted { left, right in
            let (first, second) = (self.ranks[key(left.element)] ?? .max, self.ranks[key(right.element)] ?? .max)
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
    }
}
