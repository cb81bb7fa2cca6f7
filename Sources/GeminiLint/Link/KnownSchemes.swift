/// The schemes that links on capsules have.
enum KnownSchemes {
    private static let schemes: Set<String> = [
        "gemini", "titan", "http", "https", "gopher", "gophers", "spartan", "finger", "nex", "guppy", "scroll",
        "misfin",
        "mailto", "xmpp", "irc", "ircs", "matrix", "sip", "sips", "tel", "sms", "geo", "magnet", "data", "about", "ftp",
        "ftps", "sftp", "ssh", "git", "news", "nntp", "telnet", "dict", "ipfs", "ipns", "urn", "doi", "webcal", "cid",
        "mid", "bitcoin", "lightning", "monero", "rtmp", "rtsp", "ws", "wss", "file",
    ]

    static func contains(_ scheme: String) -> Bool {
        self.schemes.contains(scheme)
    }
}
