extension Certificate {
    /// The DNS names of the subjectAltName extension, as they are written there.
    package var dnsNames: [String] {
        self.alternativeNames(tagged: DERTag.primitive(2)).map { String(decoding: self.der[$0], as: UTF8.self) }
    }

    /// The IP addresses of the subjectAltName extension, such as `192.0.2.1` and `2001:db8::1`.
    package var ipAddresses: [String] {
        self.alternativeNames(tagged: DERTag.primitive(7)).compactMap { IPAddressText.text(of: self.der[$0]) }
    }

    /// Whether a client that asks for this host accepts the certificate by its names (RFC 6125).
    ///
    /// - Parameters:
    ///   - name: a DNS name in its A-label form, or an IP address. The `*` of `*.example.org` in the certificate stands
    ///     for exactly one label.
    ///   - usesCommonName: whether the subject's common name counts where there are no alternative names.
    package func covers(_ name: String, orByCommonName usesCommonName: Bool = false) -> Bool {
        guard let wanted = try? SubjectName(name) else { return false }
        var names = self.dnsNames
        if usesCommonName, names.isEmpty, self.ipAddresses.isEmpty, let commonName = self.subject?.commonName {
            names = [commonName]
        }
        switch wanted {
        case .address(let address):
            return self.alternativeNames(tagged: DERTag.primitive(7)).contains { self.der[$0].elementsEqual(address) }
        case .dns(let wanted):
            return names.contains { present in
                guard case .dns(let present) = try? SubjectName(present) else { return false }
                if present == wanted {
                    return true
                }
                guard present.hasPrefix("*."), let dot = wanted.firstIndex(of: ".") else { return false }
                return dot != wanted.startIndex && wanted[dot...] == present.dropFirst()
            }
        }
    }

    /// The names and addresses that it is for, without these.
    func names(besides others: [String]) -> [String] {
        let others = others.compactMap { try? SubjectName($0) }
        return (self.dnsNames + self.ipAddresses).filter { name in
            (try? SubjectName(name)).map { !others.contains($0) } ?? true
        }
    }

    /// The content of the entries of one kind.
    private func alternativeNames(tagged tag: UInt8) -> [Range<Int>] {
        guard let value = self.extensions.first(where: { $0.identifier == .subjectAlternativeName })?.value else {
            return []
        }
        var outer = DERReader(self.der, in: value)
        guard let names = outer.next(tagged: DERTag.sequence) else { return [] }
        var reader = DERReader(self.der, in: names.content)
        var found: [Range<Int>] = []
        while let name = reader.next() {
            if name.tag == tag {
                found.append(name.content)
            }
        }
        return found
    }

    /// The extensions: what each is, where it lies, and where its value does.
    var extensions: [(identifier: ObjectIdentifier, whole: Range<Int>, value: Range<Int>)] {
        guard let range = self.layout.extensions else { return [] }
        var reader = DERReader(self.der, in: range)
        var found: [(ObjectIdentifier, Range<Int>, Range<Int>)] = []
        while let element = reader.next(tagged: DERTag.sequence) {
            var fields = DERReader(self.der, in: element.content)
            guard let identifier = fields.next(tagged: DERTag.objectIdentifier),
                let identifier = ObjectIdentifier(content: self.der[identifier.content])
            else { continue }
            _ = fields.next(tagged: DERTag.boolean)
            guard let value = fields.next(tagged: DERTag.octetString) else { continue }
            found.append((identifier, element.whole, value.content))
        }
        return found
    }
}

extension ObjectIdentifier {
    static let subjectAlternativeName: ObjectIdentifier = "2.5.29.17"
    static let authorityKeyIdentifier: ObjectIdentifier = "2.5.29.35"
}
