import Crypto
import GeminiProtocol
import GeminiServer
import NIOSSL
import TestSupport
import Testing
import X509

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Client certificates", .timeLimit(.minutes(10)))
struct ClientCertificateTests {
    enum Validity: String, CaseIterable, Sendable {
        case valid, expired, notYetValid

        var range: (from: Date, to: Date) {
            let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
            return switch self {
            case .valid: (now.addingTimeInterval(-3600), now.addingTimeInterval(3600))
            case .expired: (now.addingTimeInterval(-7200), now.addingTimeInterval(-3600))
            case .notYetValid: (now.addingTimeInterval(3600), now.addingTimeInterval(7200))
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var kind: TestIdentity.KeyKind
        var validity: Validity
        var version: TLSVersion

        var testDescription: String { "\(self.kind), \(self.validity), \(self.version)" }
    }

    static let cases = TestIdentity.KeyKind.allCases.flatMap { kind in
        Validity.allCases.flatMap { validity in
            [TLSVersion.tlsv12, .tlsv13].map { Case(kind: kind, validity: validity, version: $0) }
        }
    }

    @Test("GP-150, GP-159: any certificate reaches the responder, with all that it says", arguments: Self.cases)
    func any(_ test: Case) async throws {
        let (from, to) = test.validity.range
        let identity = try TestIdentity(
            test.kind,
            commonName: "Zoë, \"the\" visitor",
            notBefore: from,
            notAfter: to,
            serialNumber: .init(bytes: [0x12, 0x34, 0x56, 0x78, 0x9A])
        )
        let responder = Recorder()
        try await withServer(responder: responder) { server in
            let transcript = try await server.answer(
                to: "gemini://localhost/",
                tls: identity.tls(versions: test.version...test.version)
            )
            #expect(transcript.header == "20 text/plain")

            let request = try #require(responder.requests.first)
            #expect(request.tls?.version == (test.version == .tlsv12 ? .v1_2 : .v1_3))
            #expect(request.tls?.cipherSuite != nil)
            let certificate = try #require(request.clientCertificate)
            let der = try identity.der
            #expect(certificate.der == der)
            #expect(certificate.fingerprint.bytes == Array(SHA256.hash(data: der)))
            #expect(certificate.publicKeyFingerprint?.bytes == Array(SHA256.hash(data: try identity.publicKeyDER)))
            #expect(certificate.commonName == "Zoë, \"the\" visitor")
            #expect(certificate.subject == #"CN=Zoë\, \"the\" visitor"#)
            #expect(certificate.issuer == certificate.subject)
            #expect(certificate.issuerCommonName == certificate.commonName)
            #expect(certificate.notBefore?.secondsSinceEpoch == Int64(from.timeIntervalSince1970))
            #expect(certificate.notAfter?.secondsSinceEpoch == Int64(to.timeIntervalSince1970))
            #expect(certificate.serialNumber == "78187493530")
        }
    }

    @Test("GP-150: no certificate is as good", arguments: [TLSVersion.tlsv12, .tlsv13])
    func none(version: TLSVersion) async throws {
        var tls = TestConnection.TLS()
        tls.versions = version...version
        let responder = Recorder()
        try await withServer(responder: responder) { [tls] server in
            let transcript = try await server.answer(to: "gemini://localhost/", tls: tls)
            #expect(transcript.header == "20 text/plain")
            let request = try #require(responder.requests.first)
            #expect(request.clientCertificate == nil)
        }
    }

    @Test("A certificate of somebody else's key is refused in the handshake")
    func stolen() async throws {
        let mine = try TestIdentity()
        let theirs = try TestIdentity()
        var tls = try mine.tls()
        tls.certificate = try theirs.tls().certificate
        let responder = Recorder()
        try await withServer(responder: responder) { [tls] server in
            await #expect(throws: (any Error).self) { try await server.answer(to: "gemini://localhost/", tls: tls) }
            #expect(await server.becomesIdle())
            #expect(responder.requests.isEmpty)
        }
    }

    @Test("GP-160: the certificate of one connection is not that of the next")
    func next() async throws {
        let first = try TestIdentity(commonName: "first")
        let second = try TestIdentity(commonName: "second")
        let responder = Recorder()
        try await withServer(responder: responder) { server in
            for tls in [try first.tls(), TestConnection.TLS(), try second.tls()] {
                _ = try await server.answer(to: "gemini://localhost/", tls: tls)
            }
            #expect(responder.requests.map { $0.clientCertificate?.commonName } == ["first", nil, "second"])
        }
    }
}
