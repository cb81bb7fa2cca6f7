import GeminiServer
import NIOConcurrencyHelpers
import NIOCore

/// Admits by a closure, and remembers who it was asked about.
final class RecordingAdmission: ConnectionAdmission {
    private let box = NIOLockedValueBox<[SocketAddress?]>([])
    private let decide: @Sendable (SocketAddress?) -> Bool

    init(_ decide: @escaping @Sendable (SocketAddress?) -> Bool) {
        self.decide = decide
    }

    var asked: [SocketAddress?] {
        self.box.withLockedValue { $0 }
    }

    func admits(_ address: SocketAddress?, at now: NIODeadline) -> Bool {
        self.box.withLockedValue { $0.append(address) }
        return self.decide(address)
    }
}
