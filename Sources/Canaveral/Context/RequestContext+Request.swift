public import GeminiProtocol
public import GeminiServer
public import Logging
public import NIOCore

extension RequestContext {
    /// The request as the server took it.
    public var request: Request {
        self.core.request
    }

    /// The requested URL in normal form (GP-026).
    public var url: GeminiURL {
        self.core.request.url
    }

    /// The host that the request is for.
    public var host: Host {
        self.core.request.url.host
    }

    /// The encoded path in normal form.
    public var path: String {
        self.core.request.url.path
    }

    /// Where the connection came from.
    public var remoteAddress: SocketAddress? {
        self.core.request.remoteAddress
    }

    /// What the visitor's client showed, if anything: see ``certificate`` for routes that need one.
    public var clientCertificate: ClientCertificate? {
        self.core.request.clientCertificate
    }

    /// The version and the cipher of the connection.
    public var tls: TLSSession? {
        self.core.request.tls
    }

    /// Clock, randomness and ids; in tests those of the test.
    public var environment: AppEnvironment {
        self.core.environment
    }

    /// Where sessions and conversations are kept, and whatever else an application has for it.
    public var store: any Store {
        self.core.store
    }

    /// Where the application says what it does.
    public var logger: Logger {
        self.core.logger
    }
}
