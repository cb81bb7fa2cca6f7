import Crypto
import SwiftASN1
import X509
import _CryptoExtras

@testable import GeminiTLS

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A certificate made by swift-certificates, which shares no code with ours, with a key of any kind.
struct IssuedCertificate {
    let certificate: X509.Certificate
    let key: X509.Certificate.PrivateKey

    init(
        subject: X509.DistinguishedName,
        key: X509.Certificate.PrivateKey = .init(P256.Signing.PrivateKey()),
        issuer: IssuedCertificate? = nil,
        serialNumber: X509.Certificate.SerialNumber = .init(),
        notBefore: Int = 1_000_000_000,
        notAfter: Int = 3_000_000_000,
        alternativeNames: [X509.GeneralName] = []
    ) throws {
        self.key = key
        self.certificate = try X509.Certificate(
            version: .v3,
            serialNumber: serialNumber,
            publicKey: key.publicKey,
            notValidBefore: Date(timeIntervalSince1970: Double(notBefore)),
            notValidAfter: Date(timeIntervalSince1970: Double(notAfter)),
            issuer: issuer?.certificate.subject ?? subject,
            subject: subject,
            extensions: try X509.Certificate.Extensions {
                if !alternativeNames.isEmpty {
                    SubjectAlternativeNames(alternativeNames)
                }
            },
            issuerPrivateKey: issuer?.key ?? key
        )
    }

    init(commonName: String, issuer: IssuedCertificate? = nil) throws {
        try self.init(
            subject: try X509.DistinguishedName { CommonName(commonName) },
            issuer: issuer,
            alternativeNames: [.dnsName(commonName)]
        )
    }

    var der: [UInt8] {
        get throws { try self.certificate.serializeAsPEM().derBytes }
    }

    var pem: String {
        get throws { try self.certificate.serializeAsPEM().pemString + "\n" }
    }

    var keyPEM: String {
        get throws { try self.key.serializeAsPEM().pemString + "\n" }
    }
}
