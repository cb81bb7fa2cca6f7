extension CertificateFile {
    /// Every certificate in the file, in order.
    func certificates() throws(IdentityError) -> [Certificate] {
        var certificates: [Certificate] = []
        for (label, content) in try self.items() where Self.isCertificate(label) {
            // A "trusted certificate" of OpenSSL has more after the certificate.
            var reader = DERReader(content)
            guard let element = reader.next() else { throw .damaged(path: self.path, block: "certificate") }
            let certificate = Certificate(der: Array(content[element.whole]))
            guard certificate.layout.isComplete else { throw .damaged(path: self.path, block: "certificate") }
            certificates.append(certificate)
        }
        guard !certificates.isEmpty else { throw .noCertificate(path: self.path) }
        return certificates
    }

    /// The one private key in the file.
    func privateKey() throws(IdentityError) -> PrivateKey {
        var keys: [PrivateKey] = []
        for (label, content) in try self.items() where Self.isPrivateKey(label) {
            do {
                keys.append(try PrivateKey(der: content))
            } catch .encrypted {
                throw .encryptedPrivateKey(path: self.path)
            } catch .unsupported(let kind) {
                throw .unsupported(path: self.path, what: "a private key of the kind \(kind)")
            } catch {
                throw Self.foreignKeys[label].map { .unsupported(path: self.path, what: $0) }
                    ?? .damaged(path: self.path, block: "private key")
            }
        }
        guard let key = keys.first else { throw .noPrivateKey(path: self.path) }
        guard keys.count == 1 else { throw .severalPrivateKeys(path: self.path) }
        return key
    }

    private static let foreignKeys = [
        "OPENSSH PRIVATE KEY": "a private key in the form of OpenSSH",
        "DSA PRIVATE KEY": "a private key of the kind DSA",
    ]

    private static func isCertificate(_ label: String) -> Bool {
        label == "CERTIFICATE" || label == "X509 CERTIFICATE" || label == "TRUSTED CERTIFICATE"
    }

    private static func isPrivateKey(_ label: String) -> Bool {
        label == "PRIVATE KEY" || label.hasSuffix(" PRIVATE KEY")
    }

    /// What is in the file, each part under the label that PEM gives or would give it.
    ///
    /// Content decides, not the file's name: PEM has a line of dashes, DER begins with a sequence.
    private func items() throws(IdentityError) -> [(label: String, content: [UInt8])] {
        let blocks = PEMBlock.blocks(in: self.bytes)
        if !blocks.isEmpty {
            var items: [(String, [UInt8])] = []
            for block in blocks where Self.isCertificate(block.label) || Self.isPrivateKey(block.label) {
                if block.isEncrypted {
                    throw .encryptedPrivateKey(path: self.path)
                }
                guard let content = block.content else {
                    throw .damaged(path: self.path, block: block.label.lowercased())
                }
                items.append((block.label, content))
            }
            return items
        }
        guard self.bytes.first == DERTag.sequence else { throw .notPEMOrDER(path: self.path) }
        var items: [(String, [UInt8])] = []
        var reader = DERReader(self.bytes)
        while let element = reader.next(tagged: DERTag.sequence) {
            let content = Array(self.bytes[element.whole])
            items.append((CertificateLayout(content).isComplete ? "CERTIFICATE" : "PRIVATE KEY", content))
        }
        guard reader.isAtEnd else { throw .damaged(path: self.path, block: "DER element") }
        if items.count == 1, Self.isPKCS12(items[0].1) {
            throw .unsupported(path: self.path, what: "a PKCS #12 bundle")
        }
        return items
    }

    /// PFX: the version 3, then a ContentInfo, which begins with an identifier below 1.2.840.113549.1.7.
    private static func isPKCS12(_ der: [UInt8]) -> Bool {
        var outer = DERReader(der)
        guard let bundle = outer.next() else { return false }
        var fields = DERReader(der, in: bundle.content)
        guard let version = fields.next(tagged: DERTag.integer), der[version.content].elementsEqual([3]),
            let content = fields.next(tagged: DERTag.sequence)
        else { return false }
        var identifiers = DERReader(der, in: content.content)
        return identifiers.next(tagged: DERTag.objectIdentifier)
            .flatMap { ObjectIdentifier(content: der[$0.content]) }?
            .description.hasPrefix("1.2.840.113549.1.7.") ?? false
    }
}
