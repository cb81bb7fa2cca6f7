/// What a client offers in its handshakes.
package struct TLSSettings: Sendable, Hashable {
    /// A certificate to show when the server asks for one.
    package struct Identity: Sendable, Hashable {
        /// DER, the certificate of the key first.
        package var certificates: [[UInt8]]
        /// The private key in PKCS#8, unencrypted.
        package var key: [UInt8]

        package init(certificates: [[UInt8]], key: [UInt8]) {
            self.certificates = certificates
            self.key = key
        }
    }

    package var versions: ClosedRange<TLSVersion>
    package var identity: Identity?
    /// Whether sessions may be kept by the client, in tickets; in TLS 1.2 servers may keep them otherwise.
    package var takesTickets = true
    /// The groups of the key exchange by their numbers, the best first; `nil` for the library's.
    package var groups: [UInt16]?

    package init(versions: ClosedRange<TLSVersion> = .v1_2 ... .v1_3, identity: Identity? = nil) {
        self.versions = versions
        self.identity = identity
    }
}
