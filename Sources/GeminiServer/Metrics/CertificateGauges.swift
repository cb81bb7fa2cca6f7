import CoreMetrics
import GeminiProtocol
import NIOConcurrencyHelpers

/// When the certificates of the hosts expire. Thread-safe.
final class CertificateGauges: Sendable {
    private let factory: any MetricsFactory
    private let gauges = NIOLockedValueBox<[String: Gauge]>([:])

    init(factory: any MetricsFactory) {
        self.factory = factory
    }

    /// Tells of these, and no longer of hosts that are gone.
    func show(_ certificates: [(names: [String], notAfter: Timestamp?)]) {
        self.gauges.withLockedValue { gauges in
            var old = gauges
            gauges = [:]
            for certificate in certificates {
                guard let name = certificate.names.first, let end = certificate.notAfter else { continue }
                let gauge = old.removeValue(forKey: name) ?? gauges[name] ?? self.makeGauge(name)
                gauge.record(end.secondsSinceEpoch)
                gauges[name] = gauge
            }
            for gauge in old.values { gauge.destroy() }
        }
    }

    private func makeGauge(_ host: String) -> Gauge {
        Gauge(label: ServerMetric.certificateExpiry.rawValue, dimensions: [("host", host)], factory: self.factory)
    }
}
