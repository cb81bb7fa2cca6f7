/// A header as a client received it, with what was wrong about it but could be understood.
public struct ReceivedResponseHeader: Sendable, Hashable {
    /// The header.
    public let header: ResponseHeader

    /// What the peer did against the protocol; for a linter to report, and for a client to overlook.
    public let deviations: Deviations

    /// The bytes that the header took, its CRLF included. The body begins behind them.
    public let length: Int

    /// Ways of breaking the protocol's grammar that leave no doubt what was meant.
    public struct Deviations: OptionSet, Sendable, Hashable {
        /// The deviations as bits.
        public let rawValue: UInt8

        /// Takes the deviations as bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The code is not defined; the ``Status/equivalent`` counts (GP-077, GP-080).
        public static let undefinedStatus = Deviations(rawValue: 1 << 0)
        /// There is no prompt, or no media type and the body is gemtext (GP-073, GP-082).
        public static let missingMeta = Deviations(rawValue: 1 << 1)
        /// The space after the status has no text behind it (GP-073, GP-082).
        public static let spaceWithoutMeta = Deviations(rawValue: 1 << 2)
        /// The text began with spaces or a byte order mark, which were dropped (GP-072).
        public static let leadingSpace = Deviations(rawValue: 1 << 3)
        /// The text held control characters; TAB is a space now, others are U+FFFD (GP-075).
        public static let controlCharacters = Deviations(rawValue: 1 << 4)
    }
}
