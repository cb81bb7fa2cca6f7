import GeminiProtocol
import GeminiServer
import NIOSSL
import TestSupport
import Testing

@testable import GeminiDoctor

@Suite("Facts that the doctor tells", .timeLimit(.minutes(10)))
struct FactTests {
    private static func titles(_ name: String, in fault: Fault = .none) async throws -> String {
        try await findings(of: name, in: fault).map(\.title).joined(separator: "\n")
    }

    @Test("GP-002: versions, cipher suites and groups")
    func versions() async throws {
        let titles = try await Self.titles("tls-versions")
        #expect(titles.contains("TLS 1.3 is spoken, with TLS_AES_128_GCM_SHA256, X25519MLKEM768."))
        #expect(titles.contains("TLS 1.2 is spoken, with TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
        let only = try await Self.titles("tls-versions", in: .with(\.tls) { $0.minimumTLSVersion = .tlsv13 })
        #expect(only.contains("TLS 1.2 is not spoken"))
    }

    @Test("GP-160: sessions are resumed, or not, or only sometimes")
    func resumption() async throws {
        let always = try await Self.titles("resumption")
        #expect(always == "TLS 1.3: sessions are resumed.\nTLS 1.2: sessions are resumed.")
        let never = try await Self.titles("resumption", in: .with(\.hello) { $0.offersSession ? .acceptAnew : .accept })
        #expect(never.contains("TLS 1.3: sessions that are offered are not resumed."))
        let counter = Counter()
        let sometimes = try await findings(
            of: "resumption",
            in: .with(\.hello) { $0.offersSession && !counter.next().isMultiple(of: 2) ? .acceptAnew : .accept }
        )
        #expect(sometimes.filter { $0.level == .warning }.map(\.rows) == [["GP-160"], ["GP-160"]])
    }

    @Test("GP-175: the fingerprints, and who signed")
    func certificate() async throws {
        #expect(try await Self.titles("certificate").contains("SHA-256 of the public key: "))
        #expect(try await Self.titles("certificate-trust").contains("The certificate is self-signed"))
    }

    @Test("GP-017: deadlines, as long as they were")
    func deadlines() async throws {
        for name in ["handshake-deadline", "request-deadline", "dripping-request"] {
            #expect(try await Self.titles(name).contains(/(closed|given up) after [23]\.[0-9] s/), "\(name)")
        }
    }

    @Test("DA-13: a URL without a port is answered either way")
    func port() async throws {
        #expect(try await Self.titles("missing-port").contains("is served, though the port is not 1965"))
        let strict = Fault.answering { $0.text == "gemini://localhost/" ? "53 Not here\r\n" : nil }
        let findings = try await findings(of: "missing-port", in: strict)
        #expect(findings.map(\.level) == [.note] && findings[0].title.contains("answered with 53"))
    }

    @Test("GP-028: an international name is asked for in both spellings", arguments: [true, false])
    func name(isKnown: Bool) async throws {
        let responder: any Responder = .closure { request in
            isKnown || request.line.text.contains("xn--") ? .gemtext("# Home\n") : .failure(.proxyRequestRefused)
        }
        let findings = try await withServer(hosts: [makeHost(["café.localhost"], responder)]) { server in
            var doctor = Doctor(try GeminiURL("gemini://café.localhost:\(server.port)/"))
            doctor.address = ("127.0.0.1", UInt16(server.port))
            doctor.checks = Check.all.filter { $0.isNamed("GP-028") }
            return try await doctor.examine().findings
        }
        #expect(findings.map(\.level) == (isKnown ? [] : [.warning]))
    }

    @Test("A server that says 44 is asked again, after the time that it names")
    func slowDown() async throws {
        let fault = Fault.answering { $0.number == 3 ? "44 1\r\n" : nil }
        #expect(try await findings(of: "fragment", in: fault).isEmpty)
    }
}
