import GeminiProtocol

extension Certificate {
    /// The DNS record that pins this certificate's key for a host (RFC 6698): usage 3 (this very certificate, no
    /// authority), selector 1 (its public key, so that a renewal changes nothing), matching 1 (SHA-256).
    ///
    ///     _1965._tcp.example.org. IN TLSA 3 1 1 86341fb4…
    ///
    /// - Parameter host: the DNS name, with or without the final dot.
    package func tlsaRecord(host: String, port: UInt16 = 1965) -> String? {
        self.publicKeyFingerprint.map { fingerprint in
            let name = host.hasSuffix(".") ? host : host + "."
            return "_\(port)._tcp.\(name) IN TLSA 3 1 1 \(fingerprint.spelled(.lowerHexadecimal))"
        }
    }
}
