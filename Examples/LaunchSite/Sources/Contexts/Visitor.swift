import Canaveral

/// Anybody.
struct Visitor: RequestContext {
    var core: CoreContext
    let site: LaunchSite
}

/// Somebody with a certificate, who may not have an account yet.
typealias Guest = CertificateContext<Visitor>
