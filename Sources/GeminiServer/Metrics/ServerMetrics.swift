package import CoreMetrics
package import GeminiProtocol
import NIOCore

/// The counters and timers of a server, each made once at the start: to count on a connection is a call and no look-up.
/// Thread-safe.
package struct ServerMetrics: Sendable {
    /// What a request line turned out to be.
    enum RequestKind: String, CaseIterable {
        case gemini, titan, other, malformed
    }

    private let connectionsAccepted: Counter
    private let connectionsOpen: Meter
    private let connectionsRefused: LabelledCounters<RefusalLog.Reason>
    private let connectionsPassedThrough: Counter
    private let handshakes: LabelledCounters<TLSSession.Version>
    private let handshakesFailed: LabelledCounters<HandshakeFailure>
    private let requests: LabelledCounters<RequestKind>
    /// By the distance of the code from 10.
    private let responses: [Counter]
    private let responsesIncomplete: Counter
    private let responseBytes: Counter
    private let uploadBytes: Counter
    private let timeToFirstByte: Timer
    private let responseTime: Timer
    private let reloads: LabelledCounters<ReloadResult>
    private let certificates: CertificateGauges

    private enum ReloadResult: String, CaseIterable {
        case ok, failed
    }

    /// - Parameter factory: the backend; `nil` for what `MetricsSystem` has, which is nothing unless the program chose one.
    package init(factory: (any MetricsFactory)? = nil) {
        let factory = factory ?? MetricsSystem.factory
        func counter(_ metric: ServerMetric, _ dimensions: [(String, String)] = []) -> Counter {
            Counter(label: metric.rawValue, dimensions: dimensions, factory: factory)
        }
        self.connectionsAccepted = counter(.connectionsAccepted)
        self.connectionsOpen = Meter(label: ServerMetric.connectionsOpen.rawValue, factory: factory)
        self.connectionsRefused = LabelledCounters(.connectionsRefused, by: "reason", factory: factory)
        self.connectionsPassedThrough = counter(.connectionsPassedThrough)
        self.handshakes = LabelledCounters(.handshakes, by: "version", [.v1_2, .v1_3], factory: factory)
        self.handshakesFailed = LabelledCounters(.handshakesFailed, by: "reason", factory: factory)
        self.requests = LabelledCounters(.requests, by: "scheme", factory: factory)
        let byStatus = Status.defined.map { ($0.code, counter(.responses, [("status", "\($0.code)")])) }
        let ofStatus = Dictionary(uniqueKeysWithValues: byStatus)
        // What is sent is defined; the others never count.
        self.responses = (10...69).map {
            ofStatus[$0] ?? Counter(label: "", dimensions: [], factory: NOOPMetricsHandler.instance)
        }
        self.responsesIncomplete = counter(.responsesIncomplete)
        self.responseBytes = counter(.responseBytes)
        self.uploadBytes = counter(.uploadBytes)
        self.timeToFirstByte = Timer(label: ServerMetric.timeToFirstByte.rawValue, factory: factory)
        self.responseTime = Timer(label: ServerMetric.responseTime.rawValue, factory: factory)
        self.reloads = LabelledCounters(.reloads, by: "result", factory: factory)
        self.certificates = CertificateGauges(factory: factory)
    }

    // MARK: Connections

    func connectionOpened() {
        self.connectionsAccepted.increment()
        self.connectionsOpen.increment()
    }

    func connectionClosed() {
        self.connectionsOpen.decrement()
    }

    func connectionRefused(_ reason: RefusalLog.Reason) {
        self.connectionsRefused.increment(reason)
    }

    func connectionPassedThrough() {
        self.connectionsPassedThrough.increment()
    }

    func handshakeCompleted(_ version: TLSSession.Version) {
        self.handshakes.increment(version)
    }

    func handshakeFailed(_ reason: HandshakeFailure) {
        self.handshakesFailed.increment(reason)
    }

    // MARK: Exchanges

    func requested(_ kind: RequestKind) {
        self.requests.increment(kind)
    }

    func responded(_ status: Status, after time: Duration) {
        self.responses[status.code - 10].increment()
        self.timeToFirstByte.recordNanoseconds(time.wholeNanoseconds)
    }

    func sent(_ bytes: Int) {
        self.responseBytes.increment(by: bytes)
    }

    func uploaded(_ bytes: Int) {
        self.uploadBytes.increment(by: bytes)
    }

    func ended(complete: Bool, after time: Duration) {
        self.responseTime.recordNanoseconds(time.wholeNanoseconds)
        if !complete { self.responsesIncomplete.increment() }
    }

    // MARK: Operation

    /// A configuration was read while the server ran, and taken or not.
    package func reloaded(taken: Bool) {
        self.reloads.increment(taken ? .ok : .failed)
    }

    /// These are the certificates that are shown from now on.
    ///
    /// - Parameter certificates: the names of each host, the first of which stands for it, and the certificate's end.
    package func shows(_ certificates: [(names: [String], notAfter: Timestamp?)]) {
        self.certificates.show(certificates)
    }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
