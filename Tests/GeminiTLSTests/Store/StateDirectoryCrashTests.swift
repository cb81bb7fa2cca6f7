import Foundation
import GeminiProtocol
import Synchronization
import TestSupport
import Testing

@testable import GeminiTLS

@Suite("A crash while an identity is saved")
struct StateDirectoryCrashTests {
    private static let host = "example.org"

    /// Counts steps, and from one on lets them fail.
    private final class Steps: Sendable {
        private let taken = Mutex<[StateDirectory.WriteStep]>([])

        var all: [StateDirectory.WriteStep] {
            self.taken.withLock { $0 }
        }

        /// The number of the step that is about to be taken.
        func take(_ step: StateDirectory.WriteStep) -> Int {
            self.taken.withLock {
                $0.append(step)
                return $0.count - 1
            }
        }
    }

    private static func state(
        _ folder: TemporaryDirectory,
        _ hindrance: @escaping StateDirectory.Hindrance
    ) -> StateDirectory {
        var state = StateDirectory(path: folder.path("state"))
        state.hindrance = hindrance
        return state
    }

    private static func names(_ folder: TemporaryDirectory) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path("state")).sorted()
    }

    /// The steps of a save that succeeds.
    private static func steps() throws -> [StateDirectory.WriteStep] {
        try withTemporaryDirectory { folder in
            let steps = Steps()
            let state = Self.state(folder) { step in
                _ = steps.take(step)
                return nil
            }
            try state.save(try Identity.generate(names: [Self.host], at: .testing), for: Self.host)
            return steps.all
        }
    }

    @Test("The file is on the disk before it has its name, and its name before the save is over")
    func order() throws {
        let steps = try Self.steps()
        #expect(steps.prefix(2) == [.lock, .create])
        #expect(steps.count { $0 == .write } > 2)
        #expect(steps.suffix(3) == [.synchronizeFile, .rename, .synchronizeDirectory])
    }

    @Test("Whatever the step, the old pair or the new one is left, and the next save cleans up")
    func crash() throws {
        let steps = try Self.steps()
        let create = try #require(steps.firstIndex(of: .create))
        let rename = try #require(steps.firstIndex(of: .rename))
        for crash in steps.indices {
            try withTemporaryDirectory { folder in
                let working = StateDirectory(path: folder.path("state"))
                let old = try Identity.generate(names: [Self.host], at: .testing)
                let new = try Identity.generate(names: [Self.host], at: .testing)
                try working.save(old, for: Self.host)

                // A process that is gone takes no further step, not even to clean up.
                let counter = Steps()
                let crashing = Self.state(folder) { counter.take($0) >= crash ? EIO : nil }
                #expect(throws: IdentityError.self) { try crashing.save(new, for: Self.host) }

                let left = try #require(try working.load(Self.host, at: .testing))
                let expected = crash > rename ? new : old
                #expect(left.certificates == expected.certificates, "after step \(crash), \(steps[crash])")
                #expect(left.privateKey.pkcs8 == expected.privateKey.pkcs8, "after step \(crash), \(steps[crash])")
                let leftovers = try Self.names(folder).count { $0.hasSuffix(".tmp") }
                #expect(
                    leftovers == (crash > create && crash <= rename ? 1 : 0),
                    "after step \(crash), \(steps[crash])"
                )

                try working.save(new, for: Self.host)
                #expect(try working.load(Self.host, at: .testing)?.certificates == new.certificates)
                let names = try Self.names(folder)
                #expect(names.filter { !$0.contains(".old") } == [".lock", "\(Self.host).pem"])
                let kept = try Identity.load(from: folder.path("state/\(Self.host).pem.old"), at: .testing)
                #expect(kept.privateKey.pkcs8 == old.privateKey.pkcs8, "clients know the old key")
            }
        }
    }

    @Test("The lock is held from the first step after it to the last")
    func lock() throws {
        try withTemporaryDirectory { folder in
            let path = folder.path("state/\(StateDirectory.lockName)")
            @Sendable func isFree() -> Bool {
                let descriptor = open(path, O_RDWR | O_CLOEXEC)
                defer { close(descriptor) }
                return flock(descriptor, LOCK_SH | LOCK_NB) == 0
            }
            let held = Mutex<[Bool]>([])
            let state = Self.state(folder) { step in
                if step != .lock {
                    held.withLock { $0.append(!isFree()) }
                }
                return nil
            }
            try state.save(try Identity.generate(names: [Self.host], at: .testing), for: Self.host)
            _ = try state.identity(for: [Self.host, "www.\(Self.host)"], at: .testing)
            _ = try state.generateIdentity(for: [Self.host], at: .testing)
            let steps = held.withLock { $0 }
            #expect(steps.count > 12)
            #expect(steps.allSatisfy { $0 })
            #expect(isFree())
        }
    }

    @Test(
        "A step that fails is an error, and leaves nothing behind",
        arguments: [.lock, .create, .write, .synchronizeFile, .rename] as [StateDirectory.WriteStep]
    )
    func failure(_ failing: StateDirectory.WriteStep) throws {
        try withTemporaryDirectory { folder in
            let working = StateDirectory(path: folder.path("state"))
            let old = try Identity.generate(names: [Self.host], at: .testing)
            try working.save(old, for: Self.host)
            let full = Self.state(folder) { $0 == failing ? ENOSPC : nil }
            let new = try Identity.generate(names: [Self.host], at: .testing)
            #expect { try full.save(new, for: Self.host) } throws: { error in
                guard case .unwritable(_, SystemError.text(ENOSPC)) = error as? IdentityError else { return false }
                return true
            }
            #expect(try working.load(Self.host, at: .testing)?.certificates == old.certificates)
            #expect(try Self.names(folder) == [".lock", "\(Self.host).pem"])
        }
    }
}
