import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

@Suite("What is wrong with certificate files")
struct IdentityErrorTests {
    private static let pair = OpenSSLPair.p256

    /// Content for one file, and the error that it leads to.
    private static let contents: [(String, @Sendable (String) -> IdentityError)] = [
        ("", { .empty(path: $0) }),
        ("# nothing here\n", { .notPEMOrDER(path: $0) }),
        (pair.certificate, { .noPrivateKey(path: $0) }),
        (pair.key, { .noCertificate(path: $0) }),
        ("-----BEGIN DH PARAMETERS-----\nAA==\n-----END DH PARAMETERS-----\n", { .noCertificate(path: $0) }),
        (pair.certificate + "\n" + OpenSSLPair.p384.key, { .keyMismatch(certificatePath: $0, keyPath: $0) }),
        (pair.certificate + "\n" + pair.key + "\n" + OpenSSLPair.p384.key, { .severalPrivateKeys(path: $0) }),
        (pair.certificate + "\n" + OpenSSLOddity.encryptedPKCS8, { .encryptedPrivateKey(path: $0) }),
        (pair.certificate + "\n" + OpenSSLOddity.encryptedTraditional, { .encryptedPrivateKey(path: $0) }),
        (
            pair.certificate + "\n" + OpenSSLOddity.rsa1024,
            { .unsupported(path: $0, what: "a private key of the kind RSA with only 1024 bits") }
        ),
        (
            pair.certificate + "\n" + OpenSSLOddity.ed448,
            { .unsupported(path: $0, what: "a private key of the kind Ed448") }
        ),
        (
            pair.certificate + "\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----",
            { .unsupported(path: $0, what: "a private key in the form of OpenSSH") }
        ),
        (pair.key + "\n" + pair.certificate.dropLast(30), { .damaged(path: $0, block: "certificate") }),
        (
            pair.key + "\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
            { .damaged(path: $0, block: "certificate") }
        ),
        (
            pair.certificate + "\n-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
            { .damaged(path: $0, block: "private key") }
        ),
    ]

    @Test("Every kind of bad content has its error", arguments: contents.indices)
    func content(_ index: Int) throws {
        let (content, error) = Self.contents[index]
        try withTemporaryDirectory { folder in
            let path = try folder.write(content, to: "pair.pem")
            #expect(throws: error(path)) { try Identity.load(from: path, at: .testing) }
        }
    }

    @Test("A PKCS #12 bundle is called that")
    func pkcs12() throws {
        try withTemporaryDirectory { folder in
            let bundle = try #require(Base64.decode(OpenSSLOddity.pkcs12.utf8))
            let path = try folder.write(bundle, to: "pair.p12")
            #expect(throws: IdentityError.unsupported(path: path, what: "a PKCS #12 bundle")) {
                try Identity.load(from: path, at: .testing)
            }
        }
    }

    @Test("DER that is cut short")
    func truncatedDER() throws {
        try withTemporaryDirectory { folder in
            let der = try #require(PEMBlock.blocks(in: Array(Self.pair.certificate.utf8)).first?.content)
            let path = try folder.write(Array(der.dropLast()), to: "a.der")
            #expect(throws: IdentityError.damaged(path: path, block: "DER element")) {
                try Identity.load(from: path, at: .testing)
            }
        }
    }

    @Test("The error names the file that is wrong, of two")
    func twoFiles() throws {
        try withTemporaryDirectory { folder in
            let certificate = try folder.write(Self.pair.certificate, to: "a.pem")
            let key = try folder.write(OpenSSLPair.ed25519.key, to: "b.pem")
            let missing = folder.path("c.pem")
            #expect(throws: IdentityError.keyMismatch(certificatePath: certificate, keyPath: key)) {
                try Identity.load(from: certificate, keyPath: key, at: .testing)
            }
            #expect(throws: IdentityError.missing(path: missing)) {
                try Identity.load(from: certificate, keyPath: missing, at: .testing)
            }
            #expect(throws: IdentityError.noPrivateKey(path: certificate)) {
                try Identity.load(from: certificate, keyPath: certificate, at: .testing)
            }
            #expect(throws: IdentityError.noCertificate(path: key)) {
                try Identity.load(from: key, keyPath: certificate, at: .testing)
            }
        }
    }

    @Test("What is no regular file is refused without waiting for it")
    func irregular() throws {
        try withTemporaryDirectory { folder in
            #expect(throws: IdentityError.unreadable(path: folder.path, reason: "it is a folder")) {
                try Identity.load(from: folder.path, at: .testing)
            }
            let fifo = folder.path("fifo")
            try #require(mkfifo(fifo, 0o600) == 0)
            #expect(throws: IdentityError.unreadable(path: fifo, reason: "it is not a regular file")) {
                try Identity.load(from: fifo, at: .testing)
            }
            #expect(throws: IdentityError.missing(path: folder.path("none"))) {
                try Identity.load(from: folder.path("none"), at: .testing)
            }
        }
    }

    @Test("A file without permission", .enabled(if: geteuid() != 0, "the superuser may read everything"))
    func unreadable() throws {
        try withTemporaryDirectory { folder in
            let path = try folder.write(Self.pair.certificate, to: "a.pem")
            chmod(path, 0)
            #expect(throws: IdentityError.unreadable(path: path, reason: "Permission denied")) {
                try Identity.load(from: path, at: .testing)
            }
        }
    }

    @Test("A file that is far too large is not read to its end")
    func tooLarge() throws {
        try withTemporaryDirectory { folder in
            let path = try folder.write([UInt8](repeating: 0x30, count: (1 << 20) + 1), to: "a.pem")
            #expect(throws: IdentityError.tooLarge(path: path)) { try Identity.load(from: path, at: .testing) }
        }
    }

    @Test("Every error is one sentence that names the file and what to do")
    func sentences() {
        let errors: [IdentityError] = [
            .missing(path: "x.pem"), .unreadable(path: "x.pem", reason: "r"), .empty(path: "x.pem"),
            .tooLarge(path: "x.pem"), .notPEMOrDER(path: "x.pem"), .damaged(path: "x.pem", block: "certificate"),
            .noCertificate(path: "x.pem"), .noPrivateKey(path: "x.pem"), .severalPrivateKeys(path: "x.pem"),
            .encryptedPrivateKey(path: "x.pem"), .unsupported(path: "x.pem", what: "a thing"),
            .keyMismatch(certificatePath: "a", keyPath: "x.pem"),
            .keyMismatch(certificatePath: "x.pem", keyPath: "x.pem"),
            .expired(path: "x.pem", since: .testing), .notYetValid(path: "x.pem", until: .testing),
            .unwritable(path: "x.pem", reason: "r"), .foreignOwner(path: "x.pem", owner: 1),
            .writableByOthers(path: "x.pem", mode: 0o666), .invalidName("x.pem"),
        ]
        for error in errors {
            let sentence = error.description
            #expect(sentence.contains("x.pem"), "\(sentence)")
            #expect(sentence.hasSuffix(".") && sentence.contains(": ") && !sentence.contains("\n"), "\(sentence)")
            #expect(!sentence.contains(". "), "\(sentence)")
        }
    }
}
