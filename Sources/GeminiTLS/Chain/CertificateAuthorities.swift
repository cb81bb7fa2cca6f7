import CNIOBoringSSL
package import GeminiProtocol

/// Authorities that are trusted to vouch for certificates, by the rules of RFC 5280 as BoringSSL knows them.
///
/// By the module that NIOSSL brings along: it has no call for this, and swift-certificates would cost the program more
/// memory than a connection does.
package final class CertificateAuthorities: @unchecked Sendable {
    /// Filled here and not changed any more; BoringSSL locks what verifications share.
    private let store: OpaquePointer

    /// How many there are that can be read.
    package let count: Int

    /// More certificates beside a server's own are not looked at: paths through them multiply.
    private static let longestChain = 8

    /// - Parameter certificates: those among them that cannot be read vouch for nobody.
    package init(_ certificates: some Sequence<Certificate>) {
        guard let store = X509_STORE_new() else { fatalError("There is no memory left.") }
        self.store = store
        let authorities = certificates.compactMap { X509Pointer($0) }
        for authority in authorities { X509_STORE_add_cert(store, authority.pointer) }
        self.count = authorities.count
        ERR_clear_error()
    }

    deinit {
        X509_STORE_free(self.store)
    }

    /// Judges a chain: its signatures, the time of each certificate, and what each is made for. Names are not looked at.
    ///
    /// - Parameters:
    ///   - chain: the certificate to be judged, and those that came with it in any order.
    ///   - purpose: what it has to be made for.
    ///   - moment: the time for which to judge.
    package func verdict(on chain: [Certificate], for purpose: CertificatePurpose, at moment: Timestamp) -> ChainVerdict
    {
        let certificates = chain.prefix(Self.longestChain + 1).compactMap { X509Pointer($0) }
        guard let leaf = certificates.first, leaf.der == chain.first?.der else {
            return .untrusted(reason: "it cannot be read")
        }
        guard let context = X509_STORE_CTX_new(), let others = sk_X509_new_null() else {
            return .untrusted(reason: "there is no memory left")
        }
        defer {
            X509_STORE_CTX_free(context)
            sk_X509_free(others)
            ERR_clear_error()
        }
        for certificate in certificates.dropFirst() { sk_X509_push(others, certificate.pointer) }
        guard X509_STORE_CTX_init(context, self.store, leaf.pointer, others) == 1,
            X509_STORE_CTX_set_purpose(context, purpose.boringSSLPurpose) == 1
        else { return .untrusted(reason: "there is no memory left") }
        X509_STORE_CTX_set_time_posix(context, 0, moment.secondsSinceEpoch)
        guard withExtendedLifetime(certificates, { X509_verify_cert(context) }) != 1 else { return .trusted }
        switch X509_STORE_CTX_get_error(context) {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return .selfSigned
        case let error:
            let text = X509_verify_cert_error_string(Int(error)).map { String(cString: $0) }
            return .untrusted(reason: text ?? "error \(error)")
        }
    }
}

/// A certificate as BoringSSL has it.
private final class X509Pointer {
    let pointer: OpaquePointer
    let der: [UInt8]

    init?(_ certificate: Certificate) {
        let pointer = certificate.der.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_X509(nil, &start, bytes.count)
        }
        guard let pointer else { return nil }
        self.pointer = pointer
        self.der = certificate.der
    }

    deinit {
        X509_free(self.pointer)
    }
}

extension CertificatePurpose {
    fileprivate var boringSSLPurpose: CInt {
        switch self {
        case .server: X509_PURPOSE_SSL_SERVER
        case .client: X509_PURPOSE_SSL_CLIENT
        }
    }
}
