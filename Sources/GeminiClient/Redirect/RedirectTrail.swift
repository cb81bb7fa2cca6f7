import NIOConcurrencyHelpers

/// Keeps which redirects a request has followed, for who tells a person where it failed: a ``ClientError`` names the host
/// and not the way there.
package final class RedirectTrail: Sendable {
    private let followed = NIOLockedValueBox<[Redirect]>([])

    package init() {}

    /// Those of the last request.
    package var redirects: [Redirect] { self.followed.withLockedValue { $0 } }

    func follow(_ redirects: [Redirect]) {
        self.followed.withLockedValue { $0 = redirects }
    }
}
