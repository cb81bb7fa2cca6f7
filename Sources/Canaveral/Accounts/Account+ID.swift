extension Account {
    /// What tells accounts apart: 128 random bits in hexadecimal, which say nothing about the owner.
    public struct ID: Sendable, Hashable, CustomStringConvertible {
        public let description: String

        /// The identifier with this description, as an application has kept it.
        public init(_ description: String) {
            self.description = description
        }
    }
}
