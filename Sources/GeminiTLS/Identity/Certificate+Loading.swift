extension Certificate {
    /// Reads the certificates of a file, PEM or DER, in their order; a key in it is passed over.
    ///
    /// - Throws: an error that names the file, also where there is no certificate in it.
    package static func load(from path: String) throws(IdentityError) -> [Certificate] {
        try CertificateFile(path: path).certificates()
    }
}
