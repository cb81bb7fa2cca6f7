import GeminiProtocol

/// What is meant where nothing is said.
enum ServiceDefaults {
    /// The only host that is served unless names are given.
    static let localhost = Host(loopbackName: ())
}

extension Host {
    fileprivate init(loopbackName: Void) {
        do {
            try self.init("localhost")
        } catch {
            preconditionFailure("localhost is a host name")
        }
    }
}
