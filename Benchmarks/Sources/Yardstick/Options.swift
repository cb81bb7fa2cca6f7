import NIOCore
import NIOSSL

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The four flags, all of them needed.
struct Options {
    let certificate: String
    let key: String
    let port: Int
    let body: String

    init?(arguments: some Sequence<String>) {
        var values: [String: String] = [:]
        var iterator = arguments.makeIterator()
        while let flag = iterator.next() {
            values[flag] = iterator.next()
        }
        guard let certificate = values["--cert"], let key = values["--key"], let body = values["--body"],
            let port = values["--port"].flatMap(Int.init)
        else {
            return nil
        }
        self.certificate = certificate
        self.key = key
        self.port = port
        self.body = body
    }

    /// TLS 1.2 and later, with a certificate asked of the client and any, or none, accepted.
    func tlsConfiguration() throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(self.certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: self.key, format: .pem))
        )
        tls.minimumTLSVersion = .tlsv12
        tls.certificateVerification = .optionalVerification
        tls.trustRoots = .certificates([])
        tls.verifySignatureAlgorithms = [
            .ed25519, .ecdsaSecp256R1Sha256, .ecdsaSecp384R1Sha384, .ecdsaSecp521R1Sha512,
            .rsaPssRsaeSha256, .rsaPssRsaeSha384, .rsaPssRsaeSha512,
            .rsaPkcs1Sha256, .rsaPkcs1Sha384, .rsaPkcs1Sha512,
        ]
        return tls
    }

    /// The header and the whole file, in memory for as long as the server runs.
    func readAnswer() throws -> ByteBuffer {
        guard let file = fopen(self.body, "rb") else {
            throw IOError(errnoCode: errno, reason: "opening \(self.body)")
        }
        defer { fclose(file) }
        var buffer = ByteBuffer(string: "20 text/gemini\r\n")
        var count = 0
        repeat {
            count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 1 << 16) { space in
                fread(space.baseAddress, 1, space.count, file)
            }
        } while count > 0
        return buffer
    }
}
