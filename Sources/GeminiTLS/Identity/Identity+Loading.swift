package import GeminiProtocol
import NIOSSL

extension Identity {
    /// Reads a certificate, or a chain of them, and its private key.
    ///
    /// PEM or DER is told by the content. Keys may be PKCS#8, SEC 1 or PKCS #1. Of a chain the certificate that belongs
    /// to the key comes first, also where the file has another order.
    ///
    /// - Parameters:
    ///   - path: the certificates, and the key too where there is no other path.
    ///   - keyPath: the key's own file.
    ///   - now: the moment at which the certificate has to be valid.
    ///   - evenIfExpired: to look at a certificate rather than to use it; ``warnings`` then has what is wrong.
    /// - Throws: an error that names the file, whatever is wrong with it.
    package static func load(
        from path: String,
        keyPath: String? = nil,
        at now: Timestamp,
        evenIfExpired: Bool = false
    ) throws(IdentityError) -> Identity {
        let file = try CertificateFile(path: path)
        let keyFile =
            if let keyPath, keyPath != path { try CertificateFile(path: keyPath) } else { file }
        return try Self.load(from: file, key: keyFile, at: now, evenIfExpired: evenIfExpired)
    }

    /// Takes a pair from files that have been read.
    static func load(
        from file: CertificateFile,
        key keyFile: CertificateFile,
        at now: Timestamp,
        evenIfExpired: Bool = false
    ) throws(IdentityError) -> Identity {
        let certificates = try file.certificates()
        var identity = try Self.pair(of: certificates, from: file, with: try keyFile.privateKey(), in: keyFile)
        if keyFile.mode & 0o007 != 0 {
            identity.warnings.append(.keyReadableByOthers(path: keyFile.path, mode: keyFile.mode))
        }
        try identity.checkValidity(path: file.path, at: now, evenIfExpired: evenIfExpired)
        return identity
    }

    /// Puts a key first among certificates to whose first it belongs.
    static func pair(
        of certificates: [Certificate],
        from file: CertificateFile,
        with key: PrivateKey,
        in keyFile: CertificateFile
    ) throws(IdentityError) -> Identity {
        let publicKey = key.publicKeyDER
        guard let index = certificates.firstIndex(where: { Self.has(publicKey, $0) }) else {
            throw .keyMismatch(certificatePath: file.path, keyPath: keyFile.path)
        }
        var chain = certificates
        if index > 0 {
            chain = Self.chain(from: certificates[index], among: certificates)
        }
        guard chain.allSatisfy({ (try? NIOSSLCertificate(bytes: $0.der, format: .der)) != nil }) else {
            throw .damaged(path: file.path, block: "certificate")
        }
        var identity = Identity(certificates: chain, privateKey: key)
        if identity.leaf.dnsNames.isEmpty, identity.leaf.ipAddresses.isEmpty {
            identity.warnings.append(.noNames(path: file.path))
        }
        return identity
    }

    mutating func checkValidity(path: String, at now: Timestamp, evenIfExpired: Bool) throws(IdentityError) {
        guard let notBefore = self.leaf.notBefore, let notAfter = self.leaf.notAfter else {
            throw .damaged(path: path, block: "certificate")
        }
        if now > notAfter {
            guard evenIfExpired else { throw .expired(path: path, since: notAfter) }
            self.warnings.append(.expired(path: path, since: notAfter))
        } else if now < notBefore {
            guard evenIfExpired else { throw .notYetValid(path: path, until: notBefore) }
            self.warnings.append(.notYetValid(path: path, until: notBefore))
        }
    }

    /// Compares the keys as they stand, and then as BoringSSL writes them, for there are several ways to write one.
    private static func has(_ publicKey: [UInt8], _ certificate: Certificate) -> Bool {
        if certificate.publicKeyDER == publicKey {
            return true
        }
        let parsed = try? NIOSSLCertificate(bytes: certificate.der, format: .der).extractPublicKey().toSPKIBytes()
        return parsed == publicKey
    }

    /// Follows the issuers from a certificate as far as they are at hand.
    private static func chain(from leaf: Certificate, among certificates: [Certificate]) -> [Certificate] {
        var chain = [leaf]
        while let last = chain.last, !last.isSelfIssued,
            let issuer = certificates.first(where: { $0.subject == last.issuer && !chain.contains($0) })
        {
            chain.append(issuer)
        }
        return chain
    }
}
