package import GeminiProtocol

/// An identity from the state directory, and what had to be done for it.
package struct ProvidedIdentity: Sendable {
    package var identity: Identity
    /// The file that it is kept in.
    package let path: String
    package let action: Action
    /// Where what had another key is kept, if a new key took its place.
    package var previousPath: String?

    package enum Action: Sendable, Hashable {
        /// It was there, and nothing was to be done.
        case loaded
        /// There was none. Clients see a key that they do not know.
        case generated
        /// A new certificate for the key that was there.
        case renewed(Reason)
    }

    package enum Reason: Sendable, Hashable {
        /// The old certificate's end was near, or past.
        case expiry(Timestamp)
        /// Some were not in the old certificate; and of those that were, some are not in the new one.
        case names(added: [String], dropped: [String])
    }
}
