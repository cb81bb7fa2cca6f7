import GeminiServer
import Logging

/// What the log is told about the requests to a daemon. Visitors decide how many fail while it is down, so that each kind of
/// failure is told once a minute, with their number.
struct BackendLog: Sendable {
    /// A kind of line.
    struct Line: Hashable, Sendable {
        var error: BackendError.Kind
        /// Whether the response had begun.
        var isCut: Bool
    }

    /// That of a request, for what is told each time.
    let logger: Logger
    private let throttle: LineThrottle<Line>

    init(_ logger: Logger, _ throttle: LineThrottle<Line>) {
        self.logger = logger
        self.throttle = throttle
    }

    func gaveNoResponse(_ error: BackendError) {
        guard let count = self.throttle.count(Line(error: error.kind, isCut: false)) else { return }
        self.logger.warning(
            count == 1
                ? "The daemon gives no response. \(error)"
                : "The daemon gave no response to \(count) requests since the last such line. \(error)"
        )
    }

    func cutOff(_ error: BackendError) {
        guard let count = self.throttle.count(Line(error: error.kind, isCut: true)) else { return }
        self.logger.warning(
            count == 1
                ? "The response is cut off. \(error)"
                : "\(count) responses were cut off since the last such line. \(error)"
        )
    }
}
