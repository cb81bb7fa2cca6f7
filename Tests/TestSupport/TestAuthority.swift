package import Crypto
import NIOSSL
import SwiftASN1
import X509

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An authority that signs certificates for servers, and for authorities below it.
package struct TestAuthority: Sendable {
    private let key: Certificate.PrivateKey
    private let name: DistinguishedName
    /// The authority's own certificate, in DER.
    package let der: [UInt8]

    /// An authority that signs for itself.
    package init(
        _ name: String = "Test root",
        validFor validity: ClosedRange<Double> = -86_400...86_400
    ) throws {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName(name) }
        self.key = key
        self.name = subject
        self.der = try Self.certificate(
            subject,
            key: key.publicKey,
            issuer: subject,
            signedBy: key,
            validity,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true))
            }
        )
    }

    private init(name: DistinguishedName, key: Certificate.PrivateKey, der: [UInt8]) {
        self.name = name
        self.key = key
        self.der = der
    }

    /// An authority below this one.
    package func authority(_ name: String = "Test intermediate") throws -> TestAuthority {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName(name) }
        let der = try Self.certificate(
            subject,
            key: key.publicKey,
            issuer: self.name,
            signedBy: self.key,
            -86_400...86_400,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
            }
        )
        return TestAuthority(name: subject, key: key, der: der)
    }

    /// A server's certificate, in DER.
    ///
    /// - Parameters:
    ///   - validity: seconds from now.
    ///   - isForServers: whether its extendedKeyUsage says so; one for clients otherwise.
    ///   - key: its key, for those who have to prove that they hold it.
    package func certificate(
        for names: [String],
        validFor validity: ClosedRange<Double> = -3600...3600,
        isForServers: Bool = true,
        key: P256.Signing.PrivateKey = P256.Signing.PrivateKey()
    ) throws -> [UInt8] {
        try Self.certificate(
            try DistinguishedName { CommonName(names.first ?? "nobody") },
            key: Certificate.PrivateKey(key).publicKey,
            issuer: self.name,
            signedBy: self.key,
            validity,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                try ExtendedKeyUsage([isForServers ? .serverAuth : .clientAuth])
                SubjectAlternativeNames(names.map { .dnsName($0) })
            }
        )
    }

    /// How a client speaks TLS that shows a certificate of this authority.
    ///
    /// - Parameter chain: what it sends along.
    package func clientTLS(
        _ name: String = "visitor",
        validFor validity: ClosedRange<Double> = -3600...3600,
        isForServers: Bool = false,
        sending chain: [TestAuthority] = []
    ) throws -> TestConnection.TLS {
        let key = P256.Signing.PrivateKey()
        let der = try self.certificate(for: [name], validFor: validity, isForServers: isForServers, key: key)
        var tls = TestConnection.TLS()
        tls.certificate = try ([der] + chain.map(\.der)).map { try NIOSSLCertificate(bytes: $0, format: .der) }
        tls.key = try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)
        return tls
    }

    private static func certificate(
        _ subject: DistinguishedName,
        key: Certificate.PublicKey,
        issuer: DistinguishedName,
        signedBy issuerKey: Certificate.PrivateKey,
        _ validity: ClosedRange<Double>,
        extensions: Certificate.Extensions
    ) throws -> [UInt8] {
        try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: key,
            notValidBefore: Date(timeIntervalSinceNow: validity.lowerBound),
            notValidAfter: Date(timeIntervalSinceNow: validity.upperBound),
            issuer: issuer,
            subject: subject,
            extensions: extensions,
            issuerPrivateKey: issuerKey
        ).serializeAsPEM().derBytes
    }
}
