import ArgumentParser
import Canaveral
import GeminiServer

/// Who is let in, and how often.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("rate-limit"),
        help: ArgumentHelp(
            "Answer 44 to an address that makes more than N requests in P seconds, minutes, hours or days, as in 60/5m. Repeat it. (default: no limit)",
            valueName: "N/[P]{s,m,h,d}"
        ),
        transform: { text in
            do {
                return try RateLimitRule(parsing: text)
            } catch {
                throw ValidationError("\(error)")
            }
        }
    )
    var rateLimits: [RateLimitRule] = []

    @Option(
        name: .customLong("tls-cafile"),
        help: ArgumentHelp(
            "A file with the certificates of authorities: programs are told by TLS_CLIENT_AUTHORISED whether one of them signed the visitor's certificate.",
            valueName: "file"
        ),
        completion: .file()
    )
    var authoritiesFile: String?

    @Option(
        name: .customLong("tls-capath"),
        help: ArgumentHelp("A folder of such files.", valueName: "dir"),
        completion: .directory
    )
    var authoritiesFolder: String?
}
