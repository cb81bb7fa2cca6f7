import GeminiTLS
import NIOSSL

@testable import GeminiDoctor

extension FaultCase {
    static let tls: [FaultCase] = [
        FaultCase("tls-versions", .warning, "DG-03", .with(\.tls) { $0.maximumTLSVersion = .tlsv12 }),
        FaultCase(
            "tls-old",
            .violation,
            "GP-002",
            .with(\.tls) {
                $0.minimumTLSVersion = .tlsv1
                $0.cipherSuites = "ALL"
            }
        ),
        FaultCase("plaintext", .warning, "GP-003", .with(\.plaintext, .alert)),
        FaultCase("plaintext", .violation, "GP-002", .with(\.plaintext, .answer)),
        FaultCase("sni-absent", .warning, "GP-007", .with(\.hello) { $0.serverName == nil ? .drop : .accept }),
        FaultCase("sni-unknown", .warning, "DA-15", .with(\.hello) { $0.serverName == "localhost" ? .accept : .drop }),
        FaultCase(
            "sni-unknown",
            .warning,
            "DA-15",
            .answering { $0.text.contains("doctor.invalid") ? SoundAnswer.home : nil }
        ),
        FaultCase("client-certificates", .warning, "GP-150", .with(\.tls) { $0.certificateVerification = .none }),
        FaultCase("client-certificates", .warning, "GP-150", .with(\.judgesCertificates, true)),
        FaultCase(
            "client-certificates",
            .warning,
            "H-3",
            .with(\.tls) {
                let authority = try? Identity.generate(names: ["authority"], at: .now).nioSSLCertificates()
                $0.trustRoots = .certificates(authority ?? [])
                $0.sendCANameList = true
            }
        ),
        FaultCase(
            "client-certificates",
            .warning,
            "GP-153",
            .answering { $0.certificate == nil ? nil : "62 Not this one\r\n" }
        ),
        FaultCase("resumption", .warning, "GP-160", .with(\.hello) { $0.offersSession ? .drop : .accept }),
    ]
}
