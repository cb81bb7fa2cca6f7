import CNIOBoringSSL

/// What the authorities that this system trusts say of a certificate chain, whatever its names (DG-05).
package enum ChainVerdict: Sendable, Hashable {
    /// An authority of the system vouches for it.
    case trusted
    /// The certificate is signed by its own key and by nobody else.
    case selfSigned
    /// It is neither; the library's words for it.
    case untrusted(reason: String)
    /// There is no list of authorities on this system that could be read.
    case unknown

    /// Where systems keep their authorities.
    private static let bundles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
        "/etc/ssl/ca-bundle.pem",
    ]

    /// Judges a chain, DER, the server's own certificate first. Reads the system's authorities from disk.
    ///
    /// - Parameter seconds: the moment for which to judge, since 1970.
    package init(of chain: [[UInt8]], at seconds: Int64) {
        guard let store = X509_STORE_new() else {
            self = .unknown
            return
        }
        defer { X509_STORE_free(store) }
        let isLoaded = Self.bundles.contains { X509_STORE_load_locations(store, $0, nil) == 1 }
        ErrorQueue.clear()
        let certificates = chain.compactMap { Self.certificate($0) }
        defer {
            for certificate in certificates { X509_free(certificate) }
        }
        guard certificates.count == chain.count, let leaf = certificates.first else {
            self = .untrusted(reason: "a certificate cannot be read")
            return
        }
        guard let context = X509_STORE_CTX_new(), let others = sk_X509_new_null() else {
            self = .unknown
            return
        }
        defer {
            X509_STORE_CTX_free(context)
            sk_X509_free(others)
        }
        for certificate in certificates.dropFirst() { sk_X509_push(others, certificate) }
        guard X509_STORE_CTX_init(context, store, leaf, others) == 1 else {
            self = .unknown
            return
        }
        X509_STORE_CTX_set_time_posix(context, 0, seconds)
        defer { ErrorQueue.clear() }
        if X509_verify_cert(context) == 1 {
            self = .trusted
            return
        }
        let error = X509_STORE_CTX_get_error(context)
        switch error {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: self = .selfSigned
        case _ where !isLoaded: self = .unknown
        default:
            let text = X509_verify_cert_error_string(Int(error)).map { String(cString: $0) } ?? "error \(error)"
            self = .untrusted(reason: text)
        }
    }

    private static func certificate(_ der: [UInt8]) -> OpaquePointer? {
        der.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_X509(nil, &start, bytes.count)
        }
    }
}
