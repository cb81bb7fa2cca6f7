import GeminiProtocol

extension TrustProblem: CustomStringConvertible {
    /// One sentence that names the server and says what to do.
    public var description: String {
        switch self {
        case .changed(let known, let presented):
            "The certificate of \(known.host):\(known.port) has changed"
                + " (known: \(Self.fingerprint(known)); shown: \(Self.fingerprint(presented))):"
                + " ask its owner whether that is right, and accept the new one or stay away."
        case .notPinned(let certificate):
            "The server's certificate \(certificate.fingerprint) is none of the pinned ones: check the pins."
        case .noAuthority(let certificate, let reason):
            "No trusted authority vouches for the certificate \(certificate.fingerprint) (\(reason)):"
                + " use another trust policy for servers that sign for themselves."
        case .notValid(let certificate, let now):
            if let notAfter = certificate.notAfter, notAfter < now {
                "The server's certificate expired at \(notAfter): its owner has to renew it, or the clock here is wrong."
            } else if let notBefore = certificate.notBefore, now < notBefore {
                "The server's certificate is not valid before \(notBefore): wait, or check the clock here."
            } else {
                "The server's certificate does not say when it is valid: its owner has to make a new one."
            }
        case .otherName(let certificate, let host):
            "The server's certificate is for \(Self.names(certificate)) and not for \(host):"
                + " check the address, or tell the owner."
        case .unreadableKnownHosts(let reason):
            "The server cannot be compared with the known hosts: \(reason)"
        case .undecided:
            "No trust policy says anything about this server: add one that decides, such as trust on first use."
        }
    }

    private static func fingerprint(_ known: KnownHost) -> String {
        (known.publicKeyFingerprint.map { "key \($0)" } ?? known.fingerprint.map { "certificate \($0)" }
            ?? known.sha512.map { "SHA-512 \(Fingerprint.hexadecimal($0))" }) ?? "nothing"
    }

    private static func fingerprint(_ certificate: ServerCertificate) -> String {
        certificate.publicKeyFingerprint.map { "key \($0)" } ?? "certificate \(certificate.fingerprint)"
    }

    /// Names come from anybody: what could break a line or a terminal is left out, and there are not more than a few.
    private static func names(_ certificate: ServerCertificate) -> String {
        let names = certificate.dnsNames + certificate.ipAddresses
        let shown = (names.isEmpty ? [certificate.commonName].compactMap(\.self) : names).prefix(5).map { name in
            String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 0x20 && $0.isASCII }.prefix(253)))
        }
        return shown.isEmpty ? "nobody" : shown.joined(separator: ", ")
    }
}
