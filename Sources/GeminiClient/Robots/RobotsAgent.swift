/// What a program is, to a `robots.txt`: one of the four kinds that Gemini defines, or a name of its own (RB-04).
public struct RobotsAgent: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name in lower case.
    public let name: String

    /// An agent with a name; names compare without regard to case (RB-07).
    public init(_ name: some StringProtocol) {
        self.name = name.lowercased()
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Builds public copies for the long term.
    public static let archiver = RobotsAgent("archiver")
    /// Builds what people search in.
    public static let indexer = RobotsAgent("indexer")
    /// Gathers figures, without rehosting, linking to or searching in what it reads.
    public static let researcher = RobotsAgent("researcher")
    /// Shows pages to people who come by HTTP.
    public static let webproxy = RobotsAgent("webproxy")
}
