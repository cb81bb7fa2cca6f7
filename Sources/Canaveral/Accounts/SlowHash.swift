import Crypto
import _CryptoExtras

/// What makes a copy of the store useless for guessing phrases: scrypt, which takes time and memory.
package struct SlowHash: Sendable {
    /// Threads of its own: visitors who guess keep neither those waiting who read files, nor other work.
    private static let threads = BlockingWork(threads: 2)

    /// The cost of a hash, a power of two: 16 MiB and some tens of milliseconds.
    private let rounds: Int

    package init(rounds: Int = 1 << 14) {
        self.rounds = rounds
    }

    /// - Returns: 32 bytes.
    func hash(_ text: String, salt: [UInt8]) async throws -> [UInt8] {
        let rounds = self.rounds
        return try await Self.threads.run {
            let key = try KDF.Scrypt.deriveKey(
                from: Array(text.utf8),
                salt: salt,
                outputByteCount: 32,
                rounds: rounds,
                blockSize: 8,
                parallelism: 1
            )
            return unsafe key.withUnsafeBytes { unsafe Array($0) }
        }
    }
}
