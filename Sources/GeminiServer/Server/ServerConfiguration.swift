public import CoreMetrics
public import Logging

/// Everything that a server needs to start.
public struct ServerConfiguration: Sendable {
    /// Where it listens, and how.
    public var listeners: [ListenerConfiguration]

    /// The capsules that it holds. Clients that ask for none of them are shown the certificate of the one that
    /// ``VirtualHost/isDefault``, or of the first (GP-007). A name belongs to one host only.
    public var hosts: [VirtualHost]

    /// Who answers requests that are not for this server: for another host or port, or with another scheme such as
    /// `https`. Without one they are refused with 53 (GP-055, GP-056, GP-057).
    ///
    /// It sees them as they are: ``Request/url`` names the origin, and a path may climb above its root. A Titan request
    /// has its ``Request/upload``. To forward for everybody is an open door: look at ``Request/clientCertificate`` or the
    /// address first.
    public var proxy: (any Responder)?

    /// Hosts whose connections are handed to other servers without ending their TLS here.
    public var passThrough: [PassThroughHost] = []

    /// Whether a client that made its connection for one of the ``hosts`` may ask for another of them by its URL;
    /// otherwise it is told 53 (DA-14). Whatever it asked for first, nobody but this server sees.
    public var allowsServerNameMismatch = false

    /// How often the files of certificates (``ServerIdentity/files(certificate:key:)``) are looked at, by their attributes
    /// alone; those that have changed are read again. `nil`: only ``RunningServer/reloadCertificates()`` reads them again.
    public var certificateCheckInterval: Duration? = .seconds(5)

    /// What one client may cost.
    public var limits = Limits()

    /// Who may have a connection at all.
    public var admission: (any ConnectionAdmission)?

    /// How long running responses may go on when the server is told to stop.
    public var grace: Duration = .seconds(2)

    /// Whether another process may listen on the same addresses at the same time (`SO_REUSEPORT`).
    ///
    /// With it a new version can be started before the old one is stopped. It is off unless asked for, because then a
    /// server that is started twice by mistake would go unnoticed, with each answering half of the connections.
    public var reusesPort = false

    /// Where each exchange is recorded, if anywhere.
    public var accessLog: (any AccessLogSink)?

    /// How much of visitors' addresses is written down, in the access log and in the server's own log.
    public var addressDisplay = AddressDisplay.full

    /// Where the server counts what it does (``ServerMetric``); `nil` for what the program chose with
    /// `MetricsSystem.bootstrap`, which has to come before the start.
    public var metrics: (any MetricsFactory)?

    /// Where the server says what it does: failures at `error`, the life of connections at `debug`.
    public var logger = Logger(label: "canaveral.server") { _ in SwiftLogNoOpLogHandler() }

    public init(listeners: [ListenerConfiguration], hosts: [VirtualHost]) {
        self.listeners = listeners
        self.hosts = hosts
    }

    public init(addresses: [ListenAddress] = ListenAddress.loopback(), hosts: [VirtualHost]) {
        self.init(listeners: addresses.map(ListenerConfiguration.init), hosts: hosts)
    }

    /// Where it listens. An address that is new gets a listener with TLS and nothing special.
    public var addresses: [ListenAddress] {
        get { self.listeners.map(\.address) }
        set {
            self.listeners = newValue.map { address in
                self.listeners.first { $0.address == address } ?? ListenerConfiguration(address)
            }
        }
    }
}
