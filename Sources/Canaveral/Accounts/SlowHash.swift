import Crypto
import NIOPosix
import _CryptoExtras

/// What makes a copy of the store useless for guessing phrases: scrypt, which takes time and memory.
package struct SlowHash: Sendable {
    /// The cost of a hash, a power of two: 16 MiB and some tens of milliseconds.
    private let rounds: Int

    package init(rounds: Int = 1 << 14) {
        self.rounds = rounds
    }

    /// - Returns: 32 bytes.
    func hash(_ text: String, salt: [UInt8]) async throws -> [UInt8] {
        let rounds = self.rounds
        return try await NIOThreadPool.singleton.runIfActive {
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
