import GeminiProtocol
import NIOSSL
import TestSupport
import Testing

@testable import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

@Suite("Loading identities")
struct IdentityLoadingTests {
    private static func der(_ pem: String) throws -> [UInt8] {
        try #require(PEMBlock.blocks(in: Array(pem.utf8)).last?.content)
    }

    @Test("GP-177: PEM in one file and in two, in either order, whatever they are called", arguments: OpenSSLPair.all)
    func pem(_ pair: OpenSSLPair) throws {
        try withTemporaryDirectory { folder in
            let certificate = try folder.write(pair.certificate, to: "a.key")
            let key = try folder.write(pair.key, to: "b.der")
            let both = try folder.write(pair.certificate + "\n" + pair.key, to: "both")
            let reversed = try folder.write(pair.key + "\n" + pair.certificate, to: "reversed.crt")
            for (path, keyPath) in [(certificate, key), (both, nil), (reversed, nil), (both, both), (both, key)] {
                let identity = try Identity.load(from: path, keyPath: keyPath, at: .testing)
                #expect(identity.leaf.fingerprint.description == pair.fingerprint)
                #expect(identity.privateKey.algorithm == pair.algorithm)
                #expect(identity.isSelfSigned)
                try Self.check(identity)
            }
        }
    }

    @Test("DER in two files, in one, and with PEM", arguments: OpenSSLPair.all)
    func der(_ pair: OpenSSLPair) throws {
        try withTemporaryDirectory { folder in
            let certificate = try folder.write(try Self.der(pair.certificate), to: "certificate.pem")
            let key = try folder.write(try Self.der(pair.key), to: "key.pem")
            let both = try folder.write(try Self.der(pair.key) + Self.der(pair.certificate), to: "both.pem")
            let keyPEM = try folder.write(pair.key, to: "key.der")
            for (path, keyPath) in [(certificate, key), (both, nil), (certificate, keyPEM)] {
                let identity = try Identity.load(from: path, keyPath: keyPath, at: .testing)
                #expect(identity.leaf.fingerprint.description == pair.fingerprint)
            }
        }
    }

    @Test("A chain keeps its order; one whose order is wrong is put right, without what does not belong to it")
    func chain() throws {
        try withTemporaryDirectory { folder in
            let root = try IssuedCertificate(commonName: "root.example")
            let middle = try IssuedCertificate(commonName: "middle.example", issuer: root)
            let leaf = try IssuedCertificate(commonName: "leaf.example", issuer: middle)
            let stranger = try IssuedCertificate(commonName: "stranger.example")
            let key = try leaf.keyPEM
            let expected = [try leaf.der, try middle.der, try root.der]

            let good = try folder.write(try leaf.pem + middle.pem + root.pem + key, to: "good")
            #expect(try Identity.load(from: good, at: .testing).certificates.map { $0.der } == expected)
            let bad = try folder.write(try key + stranger.pem + root.pem + leaf.pem + middle.pem, to: "bad")
            let identity = try Identity.load(from: bad, at: .testing)
            #expect(identity.certificates.map { $0.der } == expected)
            #expect(!identity.isSelfSigned)
            try Self.check(identity)
            let der = try folder.write(try leaf.der + middle.der, to: "der")
            let keyFile = try folder.write(key, to: "key")
            #expect(try Identity.load(from: der, keyPath: keyFile, at: .testing).certificates.count == 2)
        }
    }

    @Test("A trusted certificate of OpenSSL loads without what OpenSSL added")
    func trusted() throws {
        try withTemporaryDirectory { folder in
            let path = try folder.write(OpenSSLOddity.trustedCertificate + "\n" + OpenSSLPair.p256.key, to: "pair")
            let identity = try Identity.load(from: path, at: .testing)
            #expect(identity.leaf.fingerprint.description == OpenSSLPair.p256.fingerprint)
        }
    }

    @Test("An expired and a future certificate are refused by their date, and can be looked at")
    func validity() throws {
        try withTemporaryDirectory { folder in
            let path = try folder.write(OpenSSLPair.p256.certificate + "\n" + OpenSSLPair.p256.key, to: "pair")
            let notBefore = Timestamp(year: 2026, month: 11, day: 21, hour: 2, minute: 21, second: 47)!
            let notAfter = Timestamp(year: 2081, month: 8, day: 24, hour: 2, minute: 21, second: 47)!
            #expect(throws: IdentityError.expired(path: path, since: notAfter)) {
                try Identity.load(from: path, at: notAfter + .seconds(1))
            }
            #expect(throws: IdentityError.notYetValid(path: path, until: notBefore)) {
                try Identity.load(from: path, at: notBefore - .seconds(1))
            }
            _ = try Identity.load(from: path, at: notAfter)
            _ = try Identity.load(from: path, at: notBefore)
            let expired = try Identity.load(from: path, at: notAfter + .seconds(1), evenIfExpired: true)
            #expect(expired.warnings.contains(.expired(path: path, since: notAfter)))
            let future = try Identity.load(from: path, at: notBefore - .seconds(1), evenIfExpired: true)
            #expect(future.warnings.contains(.notYetValid(path: path, until: notBefore)))
            #expect(
                IdentityError.expired(path: "a.pem", since: notAfter).description
                    == "The certificate in a.pem expired at 2081-08-24T02:21:47Z: renew it, or name another file."
            )
        }
    }

    @Test("A key that others can read is a warning, one for the group is none")
    func keyMode() throws {
        try withTemporaryDirectory { folder in
            let path = try folder.write(OpenSSLPair.p256.certificate + "\n" + OpenSSLPair.p256.key, to: "pair")
            chmod(path, 0o644)
            let warnings = try Identity.load(from: path, at: .testing).warnings
            #expect(warnings == [.keyReadableByOthers(path: path, mode: 0o644)])
            #expect(warnings.first?.description.contains("chmod 600 \(path)") == true)
            chmod(path, 0o640)
            #expect(try Identity.load(from: path, at: .testing).warnings.isEmpty)
        }
    }

    @Test("A certificate without names is a warning")
    func noNames() throws {
        try withTemporaryDirectory { folder in
            let identity = try Identity.generate(names: [], commonName: "Alice", at: .testing)
            let path = try folder.write(identity.pem, to: "pair")
            chmod(path, 0o600)
            #expect(try Identity.load(from: path, at: .testing).warnings == [.noNames(path: path)])
        }
    }

    /// NIOSSL takes the pair.
    static func check(_ identity: Identity) throws {
        _ = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: try identity.nioSSLCertificates().map { .certificate($0) },
                privateKey: .privateKey(try identity.nioSSLPrivateKey())
            )
        )
    }
}
