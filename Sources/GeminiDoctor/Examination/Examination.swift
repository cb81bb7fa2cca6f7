import GeminiProbe
import GeminiProtocol
import NIOConcurrencyHelpers

/// A server under examination: what is known of it, and how the checks speak to it.
///
/// The checks run on threads that may wait, several at a time.
package final class Examination: Sendable {
    private struct State {
        var exchanges: [Exchange] = []
        var lastConnection: ContinuousClock.Instant?
        var isCancelled = false
    }

    /// The page that was named.
    let url: GeminiURL
    let timing: Timing
    /// All addresses of the host, the one that is used first.
    let addresses: [NetworkAddress]
    /// Whether the addresses are the host's own, and not given with `--connect`.
    let isAddressResolved: Bool
    let tls: TLSContext
    /// When the whole examination has to be over.
    let end: Deadline
    private let state = NIOLockedValueBox(State())

    init(
        url: GeminiURL,
        addresses: [NetworkAddress],
        isAddressResolved: Bool,
        timing: Timing
    ) throws(ProbeError) {
        self.url = url
        self.timing = timing
        self.addresses = addresses
        self.isAddressResolved = isAddressResolved
        self.tls = try TLSContext()
        self.end = .after(timing.whole)
    }

    var address: NetworkAddress {
        self.addresses[0]
    }

    /// `gemini://example.org`, with the port where it is not 1965, as gemini-diagnostics writes it.
    var base: String {
        self.base(scheme: "gemini")
    }

    func base(scheme: String) -> String {
        "\(scheme)://\(self.url.host)\(self.url.port.map { ":\($0)" } ?? "")"
    }

    /// What goes into SNI: nothing for an address (GP-006).
    var serverName: String? {
        self.url.host.withoutTrailingDot.name
    }

    /// The time for a connection, a handshake or an answer, from now.
    func deadline(after duration: Duration? = nil) -> Deadline {
        guard !self.state.withLockedValue({ $0.isCancelled }) else { return .after(.zero) }
        return Deadline.after(duration ?? self.timing.answer).orEarlier(self.end)
    }

    /// Whether there is no time left, or nobody who waits.
    var isOver: Bool {
        self.end.hasPassed || self.state.withLockedValue { $0.isCancelled }
    }

    /// Lets everything that waits fail soon.
    func cancel() {
        self.state.withLockedValue { $0.isCancelled = true }
    }

    /// Waits, but not past the end.
    func rest(_ duration: Duration) {
        GeminiProbe.rest(until: self.deadline(after: duration))
    }

    /// Waits for the next connection's turn.
    func awaitTurn() {
        guard self.timing.pause > .zero else { return }
        let turn = self.state.withLockedValue { state in
            let turn = max(.now, (state.lastConnection ?? (.now - self.timing.pause)) + self.timing.pause)
            state.lastConnection = turn
            return turn
        }
        GeminiProbe.rest(until: Deadline(at: turn).orEarlier(self.end))
    }

    func record(_ exchange: Exchange) {
        self.state.withLockedValue { $0.exchanges.append(exchange) }
    }

    /// Everything that was asked so far.
    var exchanges: [Exchange] {
        self.state.withLockedValue { $0.exchanges }
    }
}
