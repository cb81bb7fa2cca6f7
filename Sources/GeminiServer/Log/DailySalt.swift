import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers

/// What turns visitors into tokens, another one each day. Thread-safe.
final class DailySalt: Sendable {
    /// That of the process: one visitor has one token in all logs, and keeps it when the configuration is read again.
    static let shared = DailySalt()

    private static let secondsPerDay: Int64 = 86_400
    private static let hexadecimal = Array("0123456789abcdef".utf8)

    private struct Salt {
        var day: Int64
        var bytes: [UInt8]
    }

    private let salt = NIOLockedValueBox<Salt?>(nil)
    private let random: @Sendable () -> [UInt8]

    /// - Parameter random: 32 bytes that nobody can guess.
    init(
        random: @escaping @Sendable () -> [UInt8] = {
            var generator = SystemRandomNumberGenerator()
            return (0..<32).map { _ in .random(in: .min ... .max, using: &generator) }
        }
    ) {
        self.random = random
    }

    func token(for network: ClientNetwork, at moment: Timestamp) -> String {
        switch network {
        case .v4(let address):
            self.token(for: 4, (0..<4).map { UInt8(truncatingIfNeeded: address >> ($0 * 8)) }, at: moment)
        case .v6(let network):
            self.token(for: 6, (0..<8).map { UInt8(truncatingIfNeeded: network >> ($0 * 8)) }, at: moment)
        }
    }

    func token(for fingerprint: Fingerprint, at moment: Timestamp) -> String {
        self.token(for: 99, fingerprint.bytes, at: moment)
    }

    /// - Parameter kind: what the bytes are, of which each kind has always as many.
    private func token(for kind: UInt8, _ bytes: [UInt8], at moment: Timestamp) -> String {
        let digest = Fingerprint(of: self.bytes(at: moment) + [kind] + bytes)
        var text: [UInt8] = []
        for byte in digest.bytes.prefix(8) {
            text.append(Self.hexadecimal[Int(byte >> 4)])
            text.append(Self.hexadecimal[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What is told of yesterday, because a response took past midnight, gets today's salt: yesterday's is gone.
    private func bytes(at moment: Timestamp) -> [UInt8] {
        let day = moment.secondsSinceEpoch / Self.secondsPerDay
        return self.salt.withLockedValue { salt in
            if let salt, salt.day == day || salt.day == day + 1 { return salt.bytes }
            let new = Salt(day: day, bytes: self.random())
            salt = new
            return new.bytes
        }
    }
}
