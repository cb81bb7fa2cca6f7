/// How often codes and phrases may be tried. Right ones count as well.
public struct GuessLimit: Sendable, Hashable {
    /// How often by one certificate.
    public var perCertificate: Int
    /// How often by all together, for somebody who makes a certificate for each attempt: many enough that nobody locks the
    /// others out with a few certificates, and few beside the 2⁴⁰ codes that there are.
    public var total: Int
    /// In which time, counted from the first attempt.
    public var window: Duration

    public init(perCertificate: Int = 5, total: Int = 20_000, window: Duration = .seconds(600)) {
        self.perCertificate = perCertificate
        self.total = total
        self.window = window
    }
}
