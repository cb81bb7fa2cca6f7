import GeminiProtocol

/// A fixed number of places, of which no client can have all: it may have a quarter of them at once. Who has no internet
/// address, as on a Unix socket, is anybody, and has no share that could be counted.
package struct ClientShares: Sendable {
    package enum Admission: Equatable, Sendable {
        case admitted
        /// All places are taken.
        case full
        /// The client has its share of them.
        case overShare
    }

    /// What somebody is told who has his share.
    package static let refusal = Response.failure(
        .serverUnavailable,
        "Too many requests from your address are being answered: try again when one of them has ended."
    )

    package let places: Int
    /// How many are taken.
    package private(set) var taken = 0

    private var byClient: [ClientNetwork: Int] = [:]

    /// - Parameter places: at least one.
    package init(places: Int) {
        self.places = max(1, places)
    }

    /// Places that one client may have at once. Of a few it may have two, or one, and never all where there is more than one.
    package var share: Int {
        max(1, min(self.places - 1, max(2, self.places / 4)))
    }

    /// Whether a client would get a place now.
    package func admission(of client: ClientNetwork?) -> Admission {
        if let client, self.byClient[client, default: 0] >= self.share, self.places > 1 { return .overShare }
        return self.taken < self.places ? .admitted : .full
    }

    /// Takes a place, if there is one for the client; then ``leave(_:)`` must follow once.
    package mutating func enter(_ client: ClientNetwork?) -> Admission {
        let admission = self.admission(of: client)
        guard admission == .admitted else { return admission }
        self.taken += 1
        if let client { self.byClient[client, default: 0] += 1 }
        return .admitted
    }

    package mutating func leave(_ client: ClientNetwork?) {
        self.taken -= 1
        guard let client, let count = self.byClient[client] else { return }
        self.byClient[client] = count > 1 ? count - 1 : nil
    }
}
