import GeminiProtocol
import Synchronization
import TestSupport
import Testing

@testable import GeminiTLS

@Suite("Identities of many hosts")
struct StateDirectoryManyTests {
    private final class Counter: Sendable {
        private let count = Mutex(0)

        /// How often it was asked before.
        func next() -> Int {
            self.count.withLock { count in
                defer { count += 1 }
                return count
            }
        }
    }

    @Test("Each is what it would be by itself: made, found, found beneath another's name, renewed")
    func mixed() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let kept = try state.identity(for: ["kept.test"], at: .testing)
            let wide = try state.identity(for: ["wide.test", "*.wide.test"], at: .testing)
            let aging = try state.identity(for: ["aging.test"], days: 30, at: .testing - Timestamp.days(29))
            let hosts = [
                ["new1.test"], ["kept.test"], ["a.wide.test"], ["aging.test"], ["new2.test", "www.new2.test"],
            ]
            let provided = try state.identities(for: hosts, at: .testing)

            #expect(provided[0].action == .generated)
            #expect(provided[1].action == .loaded)
            #expect(provided[1].identity.leaf == kept.identity.leaf)
            #expect(provided[2].path == wide.path)
            #expect(provided[3].identity.leaf.publicKeyFingerprint == aging.identity.leaf.publicKeyFingerprint)
            #expect(provided[3].identity.leaf != aging.identity.leaf)
            #expect(provided[4].action == .generated)
            for (names, provided) in zip(hosts, provided) {
                #expect(provided.identity.uncovered(names).isEmpty)
                #expect(try state.identity(for: names, at: .testing).identity.leaf == provided.identity.leaf)
            }
            #expect(try state.paths().count == 5)
        }
    }

    @Test("Two hosts that are called alike share one; a host without names is an error")
    func alike() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let provided = try state.identities(for: [["a.test"], ["A.test"], ["b.test"]], at: .testing)
            #expect(provided[0].identity.leaf == provided[1].identity.leaf)
            #expect(throws: IdentityError.noNames) {
                try state.identities(for: [["c.test"], ["d.test"], []], at: .testing)
            }
        }
    }

    @Test(
        "Whatever fails on the way leaves whole files or none",
        arguments: [.create, .write, .synchronizeFile, .rename] as [StateDirectory.WriteStep],
        [0, 2]
    )
    func failing(step: StateDirectory.WriteStep, after count: Int) throws {
        try withTemporaryDirectory { folder in
            var state = StateDirectory(path: folder.path("state"))
            let done = Counter()
            state.hindrance = { asked in
                guard asked == step else { return nil }
                return done.next() >= count ? 28 : nil
            }
            let hosts = (0..<5).map { ["h\($0).test"] }
            #expect(throws: IdentityError.self) { try state.identities(for: hosts, at: .testing) }
            state.hindrance = { _ in nil }
            let kept = try state.paths()
            #expect(kept.count == (step == .rename ? count : 0))
            for path in kept { #expect(throws: Never.self) { try Identity.load(from: path, at: .testing) } }
            #expect(try state.identities(for: hosts, at: .testing).count == 5)
        }
    }
}
