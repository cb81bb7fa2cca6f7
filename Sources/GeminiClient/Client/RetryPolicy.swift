public import GeminiProtocol

/// How often, and after which waits, a request is made again that a server could not answer for now.
///
/// Only temporary failures are ever repeated: a 5x says that it will fail again (GP-091), and a 60 needs a certificate
/// first (GP-154).
public struct RetryPolicy: Sendable, Hashable {
    /// How many times a request is made again.
    public var retries: Int = 3

    /// Which failures are worth another attempt; those that are not 4x count for nothing. 44 unless given, which asks for
    /// it; 41 may be another.
    public var statuses: Set<Status> = [.slowDown]

    /// The first wait, which doubles each time (GP-092). A server that asks for more gets more.
    public var firstDelay: Duration = .seconds(1)

    /// The longest wait; a server that asks for more is not asked again.
    public var longestDelay: Duration = .seconds(300)

    public init() {}
}
