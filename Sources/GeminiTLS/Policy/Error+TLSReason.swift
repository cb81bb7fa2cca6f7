extension Error {
    /// What went wrong in TLS, such as `UNSUPPORTED_PROTOCOL`. An error of BoringSSL tells it only in a description
    /// that is mostly about BoringSSL's source.
    package var tlsReason: String {
        let description = String(describing: self)
        let marker = "OPENSSL_internal:"
        guard let library = description.firstRange(of: marker) else { return description }
        return String(description[library.upperBound...].prefix { $0 == "_" || $0.isUppercase || $0.isNumber })
    }
}
