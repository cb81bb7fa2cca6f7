/// Refuses certificates whose time is over or has not come (GP-177), and has nothing to say about others.
///
/// For ``TrustPolicy/all(_:)`` and ``TrustPolicy/first(_:)``. A certificate that does not say when it is valid is
/// refused too.
public struct ValidityRequirement: TrustPolicy {
    public init() {}

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        guard let certificate = server.certificate else { return .undecided }
        guard let notBefore = certificate.notBefore, let notAfter = certificate.notAfter,
            notBefore <= server.time, server.time <= notAfter
        else { return .refused(.notValid(certificate, at: server.time)) }
        return .undecided
    }
}

extension TrustPolicy where Self == ValidityRequirement {
    /// Refuses certificates that are not valid at the moment.
    public static var validInTime: ValidityRequirement { ValidityRequirement() }
}
