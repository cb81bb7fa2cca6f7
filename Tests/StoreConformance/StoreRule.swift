package import Canaveral
import Testing

/// Something that must hold for any store, as a test that each kind of store is put to.
package struct StoreRule: Sendable, CustomTestStringConvertible {
    package let name: String
    private let body: @Sendable (any Store, TestClock) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (any Store, TestClock) async throws -> Void) {
        self.name = name
        self.body = body
    }

    package var testDescription: String { self.name }

    /// Records what does not hold as issues of the running test.
    ///
    /// - Parameters:
    ///   - store: an empty store, which goes by the clock.
    ///   - clock: its clock.
    package func check(_ store: any Store, _ clock: TestClock) async throws {
        try await self.body(store, clock)
    }

    package static let all: [StoreRule] = Self.transactions + Self.listing + Self.expiry + Self.values
}
