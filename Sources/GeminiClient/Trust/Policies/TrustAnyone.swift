/// Trusts whoever answers: for tests, for measuring, and where somebody else has checked already.
public struct TrustAnyone: TrustPolicy {
    public init() {}

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        .trusted
    }
}

extension TrustPolicy where Self == TrustAnyone {
    /// No verification: anybody in between can read and change everything.
    public static var none: TrustAnyone { TrustAnyone() }
}
