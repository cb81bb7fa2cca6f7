import GeminiClient
import GeminiProtocol
import TestSupport
import Testing

@Suite("Requirements of certificates")
struct RequirementTests {
    @Test("GP-177: a certificate is refused before its first second and after its last")
    func validity() async throws {
        let server = try ShownServer()
        let (start, end) = (try #require(server.certificate.notBefore), try #require(server.certificate.notAfter))
        for (time, isValid) in [
            (start - .seconds(1), false), (start, true), (end, true), (end + .seconds(1), false),
        ] {
            let expected: TrustVerdict = isValid ? .undecided : .refused(.notValid(server.certificate, at: time))
            #expect(await ValidityRequirement().judge(try server.shown(at: time)) == expected)
        }
    }

    @Test("What is no certificate is valid at no time and made for nobody")
    func garbage() async throws {
        let server = ServerPresentation(
            host: try Host("example.org"),
            port: 1965,
            certificates: [ServerCertificate(der: [1, 2, 3])],
            time: ShownServer.now
        )
        guard case .refused(.notValid) = await ValidityRequirement().judge(server),
            case .refused(.otherName) = await NameRequirement().judge(server)
        else {
            Issue.record("garbage passed")
            return
        }
    }

    struct NameCase: CustomTestStringConvertible {
        let names: [String]
        let host: String
        let exact: Bool
        let lagrange: Bool

        var testDescription: String { "\(self.names) for \(self.host)" }
    }

    static let names: [NameCase] = [
        NameCase(names: ["example.org"], host: "example.org", exact: true, lagrange: true),
        NameCase(names: ["example.org"], host: "EXAMPLE.org.", exact: true, lagrange: true),
        NameCase(names: ["example.org"], host: "www.example.org", exact: false, lagrange: true),
        NameCase(names: ["example.org"], host: "a.b.example.org", exact: false, lagrange: true),
        NameCase(names: ["*.example.org"], host: "www.example.org", exact: true, lagrange: true),
        NameCase(names: ["*.example.org"], host: "a.b.example.org", exact: false, lagrange: true),
        NameCase(names: ["*.example.org"], host: "example.org", exact: false, lagrange: false),
        NameCase(names: ["www.example.org"], host: "example.org", exact: false, lagrange: false),
        NameCase(names: ["org"], host: "example.org", exact: false, lagrange: false),
        NameCase(names: ["ample.org"], host: "example.org", exact: false, lagrange: false),
        NameCase(names: ["localhost"], host: "localhost", exact: true, lagrange: true),
        NameCase(names: ["xn--caf-dma.example"], host: "café.example", exact: true, lagrange: true),
        NameCase(names: ["192.0.2.1"], host: "192.0.2.1", exact: true, lagrange: true),
        NameCase(names: ["2.0.192.in-addr.arpa"], host: "192.0.2.1", exact: false, lagrange: false),
        NameCase(names: ["2001:db8::1"], host: "[2001:db8:0::1]", exact: true, lagrange: true),
        NameCase(names: ["2001:db8::1"], host: "[2001:db8::2]", exact: false, lagrange: false),
    ]

    @Test("GP-177: a certificate is for its names, and by Lagrange's rule for what is below them", arguments: names)
    func name(of row: NameCase) async throws {
        let server = try ShownServer(row.names)
        let shown = try server.shown(as: row.host)
        let refusal = TrustVerdict.refused(.otherName(server.certificate, host: try Host(row.host)))
        #expect(await NameRequirement(.exact).judge(shown) == (row.exact ? .undecided : refusal))
        #expect(await NameRequirement(.lagrange).judge(shown) == (row.lagrange ? .undecided : refusal))
    }

    @Test("GP-177: the common name counts where there are no other names, by Lagrange's rule")
    func commonName() async throws {
        let certificate = ServerCertificate(der: try TestIdentity(commonName: "example.org").der)
        for (host, isNamed) in [("example.org", true), ("www.example.org", true), ("example.net", false)] {
            let shown = ServerPresentation(
                host: try Host(host),
                port: 1965,
                certificates: [certificate],
                time: ShownServer.now
            )
            let refusal = TrustVerdict.refused(.otherName(certificate, host: try Host(host)))
            #expect(await NameRequirement(.lagrange).judge(shown) == (isNamed ? .undecided : refusal))
            #expect(await NameRequirement(.exact).judge(shown) == refusal)
        }
    }
}
