import NIOConcurrencyHelpers

/// Remembers paths that were files when they were last looked at, by their hash: as many as have a slot. Thread-safe.
/// The slots are made with the first file: of a thousand folders many are seldom asked for.
///
/// It spares a hot file three system calls of seven. Nothing is believed because of it: what is opened is looked at, and
/// two paths with one hash cost no more than that look.
final class KnownFiles: Sendable {
    private static let slots = 1024

    private let hashes = NIOLockedValueBox([Int]())

    func contains(_ hash: Int) -> Bool {
        self.hashes.withLockedValue { !$0.isEmpty && $0[Self.slot(of: hash)] == hash }
    }

    func insert(_ hash: Int) {
        self.hashes.withLockedValue { hashes in
            if hashes.isEmpty { hashes = Array(repeating: 0, count: Self.slots) }
            hashes[Self.slot(of: hash)] = hash
        }
    }

    func remove(_ hash: Int) {
        self.hashes.withLockedValue { hashes in
            if !hashes.isEmpty { hashes[Self.slot(of: hash)] = 0 }
        }
    }

    private static func slot(of hash: Int) -> Int {
        Int(UInt(bitPattern: hash) % UInt(Self.slots))
    }
}
