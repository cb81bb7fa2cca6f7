extension GatewayStyle {
    /// The variables that requests bring in this style, each of them or some: they go before those that are for all.
    package var names: Set<String> {
        switch self {
        case .canaveral: Self.allCases.filter { $0 != .canaveral }.reduce(Self.canaveralNames) { $0.union($1.names) }
        case .jetforce: Self.everywhere.union(Self.jetforceNames)
        case .gmid: Self.everywhere.union(Self.gmidNames)
        case .mollyBrown: Self.everywhere.union(Self.mollyBrownNames)
        case .gmcapsule: Self.everywhere.union(Self.gmcapsuleNames)
        }
    }

    /// In every style, those of uploads and of SCGI included.
    private static let everywhere: Set = [
        "AUTH_TYPE", "CONTENT_LENGTH", "CONTENT_TYPE", "GATEWAY_INTERFACE", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR",
        "SCGI", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SERVER_SOFTWARE", "TITAN_EDIT", "TITAN_TOKEN",
        "TITAN_URL", "TITAN_URL_PATH", "TLS_CLIENT_HASH",
    ]

    private static let canaveralNames: Set = ["TLS_CLIENT_KEY_HASH"]

    private static let jetforceNames: Set = [
        "GEMINI_URL", "HOSTNAME", "REMOTE_HOST", "REMOTE_USER", "SCRIPT_NAME", "TLS_CIPHER", "TLS_CLIENT_AUTHORISED",
        "TLS_CLIENT_HASH_B64", "TLS_CLIENT_NOT_AFTER", "TLS_CLIENT_NOT_BEFORE", "TLS_CLIENT_SERIAL_NUMBER",
        "TLS_VERSION",
    ]

    private static let gmidNames: Set = [
        "GEMINI_SEARCH_STRING", "GEMINI_URL_PATH", "PATH_TRANSLATED", "REMOTE_HOST", "REMOTE_USER", "REQUEST_METHOD",
        "SCRIPT_NAME", "TLS_CIPHER", "TLS_CIPHER_STRENGTH", "TLS_CLIENT_ISSUER", "TLS_CLIENT_NOT_AFTER",
        "TLS_CLIENT_NOT_BEFORE", "TLS_VERSION",
    ]

    private static let mollyBrownNames: Set = [
        "REQUEST_METHOD", "SCRIPT_PATH", "TLS_CLIENT_ISSUER", "TLS_CLIENT_ISSUER_CN", "TLS_CLIENT_SUBJECT",
        "TLS_CLIENT_SUBJECT_CN",
    ]

    private static let gmcapsuleNames: Set = [
        "GEMINI_QUERY_STRING", "GEMINI_URL", "GEMINI_URL_PATH", "REMOTE_HOST", "REMOTE_IDENT", "REMOTE_PORT",
        "REMOTE_USER", "SCRIPT_NAME", "TLS_CLIENT_ISSUER", "TLS_CLIENT_SUBJECT",
    ]
}
