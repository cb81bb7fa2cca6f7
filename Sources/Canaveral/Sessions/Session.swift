public import GeminiProtocol

/// What an application remembers about a visitor by the public key of their certificate, for as long as they come back.
///
/// ```swift
/// struct Cart: Codable, Sendable { var seeds: [String] = [] }
///
/// routes.page("/cart/add") { context in
///     let cart = try context.session(initial: Cart())
///     let seed = try context.input("Which seed?")
///     try await cart.update { $0.seeds.append(seed) }
///     return .redirect(to: "/cart")
/// }
/// ```
///
/// A group whose context demands a certificate has it as a property:
///
/// ```swift
/// struct ShopContext: ChildContext {
///     var core: CoreContext
///     let cart: Session<Cart>
///
///     init(_ parent: BasicContext) throws {
///         self.core = parent.core
///         self.cart = try parent.session(initial: Cart())
///     }
/// }
/// ```
///
/// It belongs to the key, not to the certificate: one that is renewed with its key keeps it. Nothing is kept before the
/// first change. All hosts of a capsule share the sessions of one name.
public struct Session<Value: Codable & Sendable>: Sendable {
    private let key: StoreKey
    private let initial: Value
    private let idle: Duration
    private let store: any Store
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - initial: the value before the first change, and after the session has expired.
    ///   - name: tells the sessions of a visitor apart; a name is one type of value.
    ///   - idle: how long the value stays after it was last used.
    ///   - key: the public key.
    ///   - context: of the capsule whose store and clock it goes by.
    public init(
        initial: Value,
        name: String = "\(Value.self)",
        idle: Duration = .seconds(30 * 86400),
        of key: Fingerprint,
        in context: CoreContext
    ) {
        self.key = StoreKey(space: "sessions", id: "\(key.spelled(.lowerHexadecimal))/\(name)")
        self.initial = initial
        self.idle = idle
        self.store = context.store
        self.now = context.environment.now
    }

    /// The value.
    ///
    /// Reading is use: it puts off the end, to within a sixteenth of the idle time, so that not every page writes.
    ///
    /// - Throws: ``StoreError``.
    public func read() async throws -> Value {
        guard let entry = try await self.store.read(self.key) else { return self.initial }
        let value = try StoreCoding.value(Value.self, from: entry.value, for: self.key)
        let expires = self.now() + self.idle
        if let old = entry.expires, expires - old > self.idle / 16 {
            var transaction = StoreTransaction()
            transaction.require(self.key, is: entry.version)
            transaction.write(StoreItem(entry.value, expires: expires), to: self.key)
            // Refused where somebody has written meanwhile, which put off the end as well.
            _ = try await self.store.commit(transaction)
        }
        return value
    }

    /// Changes the value, without losing what others change at the same time.
    ///
    /// - Parameter change: may run more than once; when it throws, nothing is changed.
    /// - Returns: what the closure returned.
    /// - Throws: what `change` throws, and ``StoreError``.
    @discardableResult
    public func update<Result>(_ change: (inout Value) throws -> Result) async throws -> Result {
        try await self.store.update(self.key, of: Value.self, expires: .at(self.now() + self.idle)) { kept in
            var value = kept ?? self.initial
            let result = try change(&value)
            kept = value
            return result
        }
    }

    /// Forgets the value.
    ///
    /// - Throws: ``StoreError``.
    public func end() async throws {
        try await self.store.delete(self.key)
    }
}
