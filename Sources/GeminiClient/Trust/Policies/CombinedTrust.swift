/// Several policies that decide together.
public struct CombinedTrust: TrustPolicy {
    /// How verdicts become one.
    public enum Rule: Sendable, Hashable {
        /// The first policy that is not undecided decides.
        case first
        /// One that trusts is enough; otherwise the first refusal counts.
        case any
        /// One refusal is enough; otherwise at least one has to trust.
        case all
    }

    public let rule: Rule
    /// In the order in which they are asked.
    public let policies: [any TrustPolicy]

    public init(_ rule: Rule, _ policies: [any TrustPolicy]) {
        self.rule = rule
        switch rule {
        case .first, .any: self.policies = policies
        case .all: self.policies = policies.filter { !$0.keepsRecords } + policies.filter { $0.keepsRecords }
        }
    }

    public var keepsRecords: Bool {
        self.policies.contains { $0.keepsRecords }
    }

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        var verdict = TrustVerdict.undecided
        for policy in self.policies {
            let next = await policy.judge(server)
            switch (self.rule, next, verdict) {
            case (_, .undecided, _): continue
            case (.first, _, _), (.any, .trusted, _), (.all, .refused, _): return next
            case (.any, .refused, .undecided), (.all, .trusted, _): verdict = next
            case (.any, .refused, _): continue
            }
        }
        return verdict
    }
}

extension TrustPolicy where Self == CombinedTrust {
    /// The first policy that has an opinion decides; those behind it are not asked.
    public static func first(_ policies: any TrustPolicy...) -> CombinedTrust {
        CombinedTrust(.first, policies)
    }

    /// A server that any of them trusts is trusted; those behind that one are not asked.
    public static func any(_ policies: any TrustPolicy...) -> CombinedTrust {
        CombinedTrust(.any, policies)
    }

    /// A server that any of them refuses is refused. Requirements such as ``TrustPolicy/validInTime`` trust nobody by
    /// themselves: another policy has to.
    ///
    /// Policies that remember servers are asked last, wherever they stand.
    public static func all(_ policies: any TrustPolicy...) -> CombinedTrust {
        CombinedTrust(.all, policies)
    }
}

extension TrustPolicy {
    /// This policy for servers whose certificate is valid at the moment, as Lagrange wants it (GP-177).
    public func requiringValidity() -> CombinedTrust {
        CombinedTrust(.all, [ValidityRequirement(), self])
    }

    /// This policy for servers whose certificate is made for their name, by Lagrange's rule unless another is given
    /// (GP-177).
    public func requiringName(_ rule: NameRequirement.Rule = .lagrange) -> CombinedTrust {
        CombinedTrust(.all, [NameRequirement(rule), self])
    }
}
