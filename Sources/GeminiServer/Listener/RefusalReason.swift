/// Why a connection was not let in; the raw value is what metrics call it.
enum RefusalReason: String, CaseIterable {
    /// As many connections are open as may be.
    case serverFull = "server_full"
    /// As many are open from its address as may be.
    case addressFull = "address_full"
    /// The listener is not for its address.
    case addressRules = "address_rules"
    /// The server's ``ConnectionAdmission`` has nothing of it, as for who is banned.
    case admission
    /// It comes to a listener behind a proxy, and not from a proxy that is trusted (PP-01).
    case untrustedSource = "untrusted_source"
    /// A trusted proxy's header is none.
    case badProxyHeader = "bad_proxy_header"
    /// The system would not hand it over.
    case acceptFailed = "accept_failed"
}
