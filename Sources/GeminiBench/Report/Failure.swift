/// Why a request failed.
struct Failure: Sendable, Hashable {
    typealias Kind = BenchmarkReport.FailureKind

    let kind: Kind
    let detail: String

    init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    static let timeout = Failure(.timeout, "There was no answer in time")
    static let notBegun = Failure(.timeout, "There was no free connection in time")
    static let truncated = Failure(.truncated, "The response ended without close_notify")
}
