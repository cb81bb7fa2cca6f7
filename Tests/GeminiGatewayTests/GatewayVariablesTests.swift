import Foundation
import GeminiGateway
import GeminiProtocol
import GeminiServer
import TestSupport
import Testing
import X509

@Suite("The variables of programs")
struct GatewayVariablesTests {
    private static let url = "gemini://mozz.us:1966/cgi-bin/x.cgi/ex%74ra/?hello%20world+1"

    private static func certificate(commonName: String = "mozz123") throws -> ClientCertificate {
        let identity = try TestIdentity(
            commonName: commonName,
            notBefore: Date(timeIntervalSince1970: 1_586_060_302),
            notAfter: Date(timeIntervalSince1970: 1_617_596_302),
            serialNumber: Certificate.SerialNumber(73_629_018_972_631 as UInt64)
        )
        return ClientCertificate(der: try identity.der)
    }

    private static func variables(
        _ style: GatewayStyle,
        _ line: String = Self.url,
        certificate: ClientCertificate? = nil,
        carrier: GatewayCarrier = .cgi,
        server: GatewayServer = GatewayServer(software: "canaveral/0.1.0")
    ) throws -> GatewayVariables {
        let request = try gatewayRequest(line, basePath: "/cgi-bin", certificate: certificate)
        var path = try GatewayPath(request, scriptSegments: 1)
        path.scriptFile = Array("/srv/gemini/cgi-bin/x.cgi".utf8)
        path.documentRoot = Array("/srv/gemini".utf8)
        return GatewayVariables(request, path: path, style: style, carrier: carrier, server: server)
    }

    private static func table(_ variables: GatewayVariables) -> [String: String] {
        Dictionary(uniqueKeysWithValues: variables.all.map { ($0.name, String(decoding: $0.value, as: UTF8.self)) })
    }

    /// What jetforce sets for every request.
    private static let jetforce = [
        "GATEWAY_INTERFACE": "CGI/1.1",
        "GEMINI_URL": Self.url,
        "HOSTNAME": "mozz.us",
        "PATH_INFO": "/extra/",
        "QUERY_STRING": "hello%20world+1",
        "REMOTE_ADDR": "10.10.0.2",
        "REMOTE_HOST": "10.10.0.2",
        "SCRIPT_NAME": "/cgi-bin/x.cgi",
        "SERVER_NAME": "mozz.us",
        "SERVER_PORT": "1966",
        "SERVER_PROTOCOL": "GEMINI",
        "SERVER_SOFTWARE": "canaveral/0.1.0",
        "TLS_CIPHER": "TLS_AES_256_GCM_SHA384",
        "TLS_VERSION": "TLSv1.3",
    ]

    /// What jetforce sets for a client with a certificate, besides.
    private static func jetforce(_ certificate: ClientCertificate) -> [String: String] {
        let bytes = certificate.fingerprint.bytes
        let hash = bytes.map { String(format: "%02X", $0) }.joined()
        let base64 = Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        return [
            "AUTH_TYPE": "CERTIFICATE",
            "REMOTE_USER": "mozz123",
            "TLS_CLIENT_HASH": "SHA256:\(hash)",
            "TLS_CLIENT_HASH_B64": base64,
            "TLS_CLIENT_NOT_BEFORE": "2020-04-05T04:18:22Z",
            "TLS_CLIENT_NOT_AFTER": "2021-04-05T04:18:22Z",
            "TLS_CLIENT_SERIAL_NUMBER": "73629018972631",
            "TLS_CLIENT_AUTHORISED": "0",
        ]
    }

    private static func lowerHash(_ fingerprint: Fingerprint) -> String {
        fingerprint.bytes.map { String(format: "%02x", $0) }.joined()
    }

    @Test("E1: jetforce's variables, name by name, and no other")
    func jetforceStyle() throws {
        #expect(Self.table(try Self.variables(.jetforce)) == Self.jetforce)
        let certificate = try Self.certificate()
        let expected = Self.jetforce.merging(Self.jetforce(certificate)) { $1 }
        #expect(Self.table(try Self.variables(.jetforce, certificate: certificate)) == expected)
    }

    @Test("The names that a configuration may not take are those of each style", arguments: GatewayStyle.allCases)
    func names(_ style: GatewayStyle) throws {
        let set = Self.table(try Self.variables(style, certificate: try Self.certificate())).keys
        #expect(style.names.isSuperset(of: set), "\(Set(set).subtracting(style.names))")
        #expect(!style.names.contains("PATH") && !style.names.contains("LANG"))
    }

    @Test("E1: the union, by jetforce's spellings first")
    func ownStyle() throws {
        let more = [
            "REQUEST_METHOD": "GET",
            "REMOTE_PORT": "51922",
            "PATH_TRANSLATED": "/srv/gemini/extra/",
            "SCRIPT_PATH": "/srv/gemini/cgi-bin/x.cgi",
            "GEMINI_URL_PATH": "cgi-bin/x.cgi/extra/",
            "GEMINI_SEARCH_STRING": "hello world+1",
            "GEMINI_QUERY_STRING": "hello%20world+1",
            "TLS_CIPHER_STRENGTH": "256",
        ]
        #expect(Self.table(try Self.variables(.canaveral)) == Self.jetforce.merging(more) { $1 })

        let certificate = try Self.certificate()
        let key = try #require(certificate.publicKeyFingerprint)
        let withCertificate = [
            "TLS_CLIENT_SUBJECT": "CN=mozz123",
            "TLS_CLIENT_SUBJECT_CN": "mozz123",
            "TLS_CLIENT_ISSUER": "CN=mozz123",
            "TLS_CLIENT_ISSUER_CN": "mozz123",
            "TLS_CLIENT_KEY_HASH": "SHA256:" + Self.lowerHash(key).uppercased(),
            "REMOTE_IDENT": "\(Self.lowerHash(certificate.fingerprint));\(Self.lowerHash(key))",
        ]
        let expected = Self.jetforce.merging(Self.jetforce(certificate)) { $1 }
            .merging(more) { $1 }.merging(withCertificate) { $1 }
        #expect(Self.table(try Self.variables(.canaveral, certificate: certificate)) == expected)
    }

    @Test("E1: gmid's variables, name by name, and no other")
    func gmidStyle() throws {
        var expected = [
            "AUTH_TYPE": "",
            "GATEWAY_INTERFACE": "CGI/1.1",
            "GEMINI_SEARCH_STRING": "hello world 1",
            "GEMINI_URL_PATH": "cgi-bin/x.cgi/extra/",
            "PATH_INFO": "/extra/",
            "PATH_TRANSLATED": "/srv/gemini/extra/",
            "QUERY_STRING": "hello%20world+1",
            "REMOTE_ADDR": "10.10.0.2",
            "REMOTE_HOST": "10.10.0.2",
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "/cgi-bin/x.cgi",
            "SERVER_NAME": "mozz.us",
            "SERVER_PORT": "1966",
            "SERVER_PROTOCOL": "GEMINI",
            "SERVER_SOFTWARE": "canaveral/0.1.0",
        ]
        #expect(Self.table(try Self.variables(.gmid)) == expected)
        let certificate = try Self.certificate()
        expected.merge([
            "AUTH_TYPE": "CERTIFICATE",
            "REMOTE_USER": "/CN=mozz123",
            "TLS_CLIENT_ISSUER": "/CN=mozz123",
            "TLS_CLIENT_HASH": "SHA256:" + Self.lowerHash(certificate.fingerprint),
            "TLS_CIPHER": "TLS_AES_256_GCM_SHA384",
            "TLS_CIPHER_STRENGTH": "256",
            "TLS_VERSION": "TLSv1.3",
            "TLS_CLIENT_NOT_BEFORE": "2020-04-05T04:18:22Z",
            "TLS_CLIENT_NOT_AFTER": "2021-04-05T04:18:22Z",
        ]) { $1 }
        #expect(Self.table(try Self.variables(.gmid, certificate: certificate)) == expected)
    }

    @Test("E1: molly-brown's variables, name by name, and no other", arguments: [GatewayCarrier.cgi, .scgi])
    func mollyBrownStyle(carrier: GatewayCarrier) throws {
        var expected = [
            "PATH_INFO": "extra/",
            "QUERY_STRING": "hello%20world+1",
            "REMOTE_ADDR": "10.10.0.2",
            "REQUEST_METHOD": "",
            "SCRIPT_PATH": "/srv/gemini/cgi-bin/x.cgi",
            "SERVER_NAME": "mozz.us",
            "SERVER_PORT": "1966",
            "SERVER_PROTOCOL": "GEMINI",
            "SERVER_SOFTWARE": "canaveral/0.1.0",
        ]
        if carrier == .cgi { expected["GATEWAY_INTERFACE"] = "CGI/1.1" }
        #expect(Self.table(try Self.variables(.mollyBrown, carrier: carrier)) == expected)
        let certificate = try Self.certificate()
        expected.merge([
            "AUTH_TYPE": "Certificate",
            "TLS_CLIENT_HASH": Self.lowerHash(certificate.fingerprint),
            "TLS_CLIENT_ISSUER": "CN=mozz123",
            "TLS_CLIENT_ISSUER_CN": "mozz123",
            "TLS_CLIENT_SUBJECT": "CN=mozz123",
            "TLS_CLIENT_SUBJECT_CN": "mozz123",
        ]) { $1 }
        #expect(Self.table(try Self.variables(.mollyBrown, certificate: certificate, carrier: carrier)) == expected)
    }

    @Test("E1: GmCapsule's variables, name by name, and no other")
    func gmCapsuleStyle() throws {
        var expected = [
            "AUTH_TYPE": "",
            "CONTENT_LENGTH": "",
            "CONTENT_TYPE": "",
            "GATEWAY_INTERFACE": "CGI/1.1",
            "GEMINI_QUERY_STRING": "hello%20world+1",
            "GEMINI_URL": "gemini://mozz.us/cgi-bin/x.cgi/extra/?hello%20world+1",
            "GEMINI_URL_PATH": "/cgi-bin/x.cgi/extra/",
            "PATH_INFO": "/extra/",
            "QUERY_STRING": "hello%20world+1",
            "REMOTE_ADDR": "10.10.0.2",
            "REMOTE_HOST": "10.10.0.2",
            "REMOTE_PORT": "51922",
            "REMOTE_USER": "",
            "SCRIPT_NAME": "/cgi-bin/x.cgi",
            "SERVER_NAME": "mozz.us",
            "SERVER_PORT": "1966",
            "SERVER_PROTOCOL": "GEMINI",
            "SERVER_SOFTWARE": "canaveral/0.1.0",
        ]
        #expect(Self.table(try Self.variables(.gmcapsule)) == expected)
        let certificate = try Self.certificate()
        let key = try #require(certificate.publicKeyFingerprint)
        expected.merge([
            "AUTH_TYPE": "Certificate",
            "REMOTE_USER": "mozz123",
            "REMOTE_IDENT": "\(Self.lowerHash(certificate.fingerprint));\(Self.lowerHash(key))",
            "TLS_CLIENT_HASH": Self.lowerHash(certificate.fingerprint),
            "TLS_CLIENT_SUBJECT": "/CN=mozz123",
            "TLS_CLIENT_ISSUER": "/CN=mozz123",
        ]) { $1 }
        #expect(Self.table(try Self.variables(.gmcapsule, certificate: certificate)) == expected)
    }

    @Test("E1: no query and an empty query differ in GmCapsule's variable alone", arguments: GatewayStyle.allCases)
    func queries(style: GatewayStyle) throws {
        let none = try Self.variables(style, "gemini://h/cgi-bin/x")
        #expect(none["QUERY_STRING"] == "")
        #expect(none["GEMINI_QUERY_STRING"] == nil)
        #expect(none["GEMINI_SEARCH_STRING"] == nil)
        let empty = try Self.variables(style, "gemini://h/cgi-bin/x?")
        #expect(empty["QUERY_STRING"] == "")
        #expect(empty["GEMINI_QUERY_STRING"] == ([.canaveral, .gmcapsule].contains(style) ? "" : nil))
        let form = try Self.variables(style, "gemini://h/cgi-bin/x?a=b%20c")
        #expect(form["QUERY_STRING"] == "a=b%20c")
        #expect(form["GEMINI_SEARCH_STRING"] == nil)
    }

    @Test("E1, CG-07: Titan's variables, as GmCapsule has them, in every style", arguments: GatewayStyle.allCases)
    func titan(style: GatewayStyle) throws {
        let upload = try Self.variables(style, "titan://h/cgi-bin/x/a;size=12;mime=text/plain;token=hel%20lo")
        #expect(upload["SERVER_PROTOCOL"] == "TITAN")
        #expect(upload["TITAN_URL"] == "titan://h/cgi-bin/x/a")
        #expect(upload["TITAN_URL_PATH"] == "/cgi-bin/x/a")
        #expect(upload["CONTENT_LENGTH"] == "12")
        #expect(upload["CONTENT_TYPE"] == "text/plain")
        #expect(upload["TITAN_TOKEN"] == "hel lo")
        #expect(upload["GEMINI_URL"] == nil)
        #expect(upload["TITAN_EDIT"] == nil)
        let method = upload["REQUEST_METHOD"]
        #expect([.canaveral, .gmid].contains(style) ? method == "PUT" : method == nil || method == "")
        let edit = try Self.variables(style, "titan://h/cgi-bin/x/a;edit")
        #expect(edit["TITAN_EDIT"] == "1")
        #expect(edit["SERVER_PROTOCOL"] == "TITAN")
        #expect(edit["TITAN_TOKEN"] == nil)
    }

    @Test("No value holds a control character, whoever chose it", arguments: GatewayStyle.allCases)
    func control(style: GatewayStyle) throws {
        let certificate = try Self.certificate(commonName: "a\nREMOTE_USER=root\u{0}b\r")
        for line in [
            "gemini://h/cgi-bin/x?a%0Ab%00c", "titan://h/cgi-bin/x;size=1;token=a%0Ab%00c",
            "gemini://h/cgi-bin/x?%ff",
        ] {
            let variables = try Self.variables(style, line, certificate: certificate)
            for variable in variables.all {
                #expect(!variable.value.contains { $0 < 0x20 || $0 == 0x7F }, "\(variable.name)")
            }
            #expect(Set(variables.all.map(\.name)).count == variables.all.count)
        }
    }

    @Test("TLS_CLIENT_AUTHORISED and the server's name are the operator's to say")
    func server() throws {
        var server = GatewayServer(name: "front.example")
        server.authorizes = { $0.commonName == "mozz123" }
        let variables = try Self.variables(.jetforce, certificate: Self.certificate(), server: server)
        #expect(variables["TLS_CLIENT_AUTHORISED"] == "1")
        #expect(variables["SERVER_NAME"] == "front.example")
        #expect(variables["HOSTNAME"] == "mozz.us")
        #expect(variables["SERVER_SOFTWARE"] == "canaveral")
    }
}
