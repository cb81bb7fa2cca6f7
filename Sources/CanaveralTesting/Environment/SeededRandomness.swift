import NIOConcurrencyHelpers

/// Bytes that look like chance and are the same in every run (SplitMix64). Thread-safe.
final class SeededRandomness: Sendable {
    private let state: NIOLockedValueBox<UInt64>

    init(seed: UInt64) {
        self.state = NIOLockedValueBox(seed)
    }

    func bytes(_ count: Int) -> [UInt8] {
        self.state.withLockedValue { state in
            var bytes: [UInt8] = []
            while bytes.count < count {
                state &+= 0x9E37_79B9_7F4A_7C15
                var word = state
                word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
                word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
                word ^= word >> 31
                for shift in stride(from: 0, to: 64, by: 8) where bytes.count < count {
                    bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
                }
            }
            return bytes
        }
    }
}
