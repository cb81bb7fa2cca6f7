import CoreMetrics
import GeminiMetrics
import GeminiServer
import Logging
import NIOCore

/// The metrics of a service: counted from its start on, and shown where its configuration says.
struct ServiceMetrics {
    /// Where everything in the process counts. The first use of it has to come before anything that counts is made.
    static let registry: OpenMetricsRegistry = {
        let registry = OpenMetricsRegistry()
        for metric in ServerMetric.allCases { registry.describe(metric.rawValue, metric.help) }
        registry.addBuildInfo("canaveral", ["version": Canaveral.version])
        MetricsSystem.bootstrap(registry)
        return registry
    }()

    private var listener: OpenMetricsListener?
    private var address: ListenAddress?

    /// - Parameter changesRoot: whether the process will change its root: then open descriptors are not counted.
    init(changesRoot: Bool) {
        Self.registry.addProcessMetrics(countsDescriptors: !changesRoot)
    }

    /// Shows the metrics at an address, unless it is the one that they are shown at already, and no longer at another.
    ///
    /// - Parameter address: `nil`: nowhere.
    /// - Throws: ``Failure``; then everything stays as it was.
    mutating func use(_ address: ListenAddress?, logger: Logger) async throws {
        guard address != self.address else { return }
        var listener: OpenMetricsListener?
        if let address, let host = address.host, let port = address.port {
            do {
                listener = try await OpenMetricsListener.start(Self.registry, host: host, port: port)
            } catch let error as OpenMetricsListenError {
                throw Failure.work("\(error)")
            }
        }
        await self.listener?.shutDown()
        (self.listener, self.address) = (listener, address)
        if let bound = listener?.address {
            let host = bound.ipAddress ?? "?"
            let shown = host.contains(":") ? "[\(host)]" : host
            logger.notice("Metrics are shown at http://\(shown):\(bound.port ?? 0)/metrics.")
        }
    }

    /// Shows them no longer.
    func shutDown() async {
        await self.listener?.shutDown()
    }
}
