public import GeminiServer

/// Lets only visitors from certain addresses in; see ``Middleware/allowAddresses(_:)``.
public struct AddressRestriction<Context: RequestContext>: Gatekeeper {
    private let rules: AddressRules

    public init(_ rules: AddressRules) {
        self.rules = rules
    }

    public func refusal(of context: Context) -> Response? {
        self.rules.admits(context.remoteAddress)
            ? nil : .failure(.permanentFailure, "This is not served to your address")
    }
}

extension Middleware {
    /// Lets only visitors from certain addresses to the routes of the group, and answers 50 to all others.
    ///
    /// ```swift
    /// routes.group("/status") { status in
    ///     status.use(.allowAddresses(AddressRules(allowed: ["127.0.0.0/8", "::1"])))
    ///     status.page("/") { _ in .gemtext("# Fine") }
    /// }
    /// ```
    ///
    /// It is 50 since it will be the same next time: 51 would say that nothing is there, 53 is for requests that are meant
    /// for another server, and after 61 clients look for another certificate. Judged is the address that the connection
    /// came from, as the PROXY protocol tells it where there is a proxy. To refuse connections before their handshake, give
    /// the rules to a listener.
    public static func allowAddresses<C>(_ rules: AddressRules) -> Self where Self == AddressRestriction<C> {
        AddressRestriction(rules)
    }
}
