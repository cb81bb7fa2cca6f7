import Crypto
package import NIOSSL
import SwiftASN1
package import X509
import _CryptoExtras

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A self-signed certificate and its key, as clients show them to a server.
package struct TestIdentity: Sendable {
    package enum KeyKind: String, CaseIterable, Sendable {
        case p256, p384, p521, ed25519, rsa
    }

    package let certificate: Certificate
    package let key: Certificate.PrivateKey

    package init(
        _ kind: KeyKind = .p256,
        commonName: String = "visitor",
        notBefore: Date = Date(timeIntervalSinceNow: -3600),
        notAfter: Date = Date(timeIntervalSinceNow: 3600),
        serialNumber: Certificate.SerialNumber = Certificate.SerialNumber()
    ) throws {
        self.key =
            switch kind {
            case .p256: Certificate.PrivateKey(P256.Signing.PrivateKey())
            case .p384: Certificate.PrivateKey(P384.Signing.PrivateKey())
            case .p521: Certificate.PrivateKey(P521.Signing.PrivateKey())
            case .ed25519: Certificate.PrivateKey(Curve25519.Signing.PrivateKey())
            case .rsa: Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            }
        let name = try DistinguishedName { CommonName(commonName) }
        self.certificate = try Certificate(
            version: .v3,
            serialNumber: serialNumber,
            publicKey: self.key.publicKey,
            notValidBefore: notBefore,
            notValidAfter: notAfter,
            issuer: name,
            subject: name,
            extensions: Certificate.Extensions(),
            issuerPrivateKey: self.key
        )
    }

    /// The certificate's DER.
    package var der: [UInt8] {
        get throws { try self.certificate.serializeAsPEM().derBytes }
    }

    /// The certificate and the key in PEM, as a server has them in a file.
    package var pem: String {
        get throws { try self.certificate.serializeAsPEM().pemString + "\n" + self.key.serializeAsPEM().pemString }
    }

    /// The private key in PKCS#8, unless it is of RSA.
    package var keyDER: [UInt8] {
        get throws { try self.key.serializeAsPEM().derBytes }
    }

    /// The DER of the public key with its algorithm.
    package var publicKeyDER: [UInt8] {
        get throws { try self.key.publicKey.serializeAsPEM().derBytes }
    }

    /// How a client with this identity speaks TLS.
    package func tls(versions: ClosedRange<TLSVersion> = .tlsv12 ... .tlsv13) throws -> TestConnection.TLS {
        var tls = TestConnection.TLS()
        tls.versions = versions
        tls.certificate = [try NIOSSLCertificate(bytes: self.der, format: .der)]
        tls.key = try NIOSSLPrivateKey(bytes: Array(self.key.serializeAsPEM().pemString.utf8), format: .pem)
        return tls
    }
}
