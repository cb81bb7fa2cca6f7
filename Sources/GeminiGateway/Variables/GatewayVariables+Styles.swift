import GeminiProtocol
import GeminiServer
import NIOCore

/// The variables of each style, name by name (E1).
extension GatewayVariables {
    /// The union, by jetforce's spellings; what jetforce has not is spelled as RFC 3875 or its inventor does.
    mutating func addAll(_ facts: GatewayFacts) {
        self.addJetforce(facts)
        self.set("REQUEST_METHOD", facts.method)
        self.set("REMOTE_PORT", ifAny: facts.request.remoteAddress?.port.map { "\($0)" })
        if let translated = facts.path.pathTranslated { self.set("PATH_TRANSLATED", translated) }
        if let file = facts.path.scriptFile { self.set("SCRIPT_PATH", file) }
        if !facts.isTitan { self.set("GEMINI_URL_PATH", facts.decodedPathWithoutSlash) }
        self.set("GEMINI_SEARCH_STRING", ifAny: facts.searchString())
        self.set("GEMINI_QUERY_STRING", ifAny: facts.request.line.rawQuery.map(String.init))
        self.set("TLS_CIPHER_STRENGTH", ifAny: facts.request.tls?.cipherSuite?.keyBits.map { "\($0)" })
        guard let certificate = facts.certificate else { return }
        self.set("TLS_CLIENT_SUBJECT", ifAny: certificate.subject)
        self.set("TLS_CLIENT_SUBJECT_CN", ifAny: certificate.commonName)
        self.set("TLS_CLIENT_ISSUER", ifAny: certificate.issuer)
        self.set("TLS_CLIENT_ISSUER_CN", ifAny: certificate.issuerCommonName)
        // The only hash that a renewed certificate keeps.
        self.set("TLS_CLIENT_KEY_HASH", ifAny: certificate.publicKeyFingerprint?.spelled(.jetforce))
        self.set("REMOTE_IDENT", ifAny: Self.identities(of: certificate))
    }

    mutating func addJetforce(_ facts: GatewayFacts) {
        self.set("GATEWAY_INTERFACE", "CGI/1.1")
        if !facts.isTitan { self.set("GEMINI_URL", facts.request.line.text) }
        self.set("HOSTNAME", facts.request.host.description)
        self.set("PATH_INFO", facts.path.pathInfo)
        self.set("QUERY_STRING", facts.query)
        self.set("REMOTE_ADDR", facts.remoteAddress)
        self.set("REMOTE_HOST", facts.remoteAddress)
        self.set("SCRIPT_NAME", facts.path.scriptName)
        self.set("SERVER_NAME", facts.serverName)
        self.set("SERVER_PORT", facts.port)
        self.set("SERVER_PROTOCOL", "GEMINI")
        self.set("SERVER_SOFTWARE", facts.server.software)
        self.set("TLS_CIPHER", ifAny: facts.request.tls?.cipherSuite?.description)
        self.set("TLS_VERSION", ifAny: facts.request.tls?.version.rawValue)
        guard let certificate = facts.certificate else { return }
        self.set("AUTH_TYPE", "CERTIFICATE")
        self.set("REMOTE_USER", certificate.commonName ?? "")
        self.set("TLS_CLIENT_HASH", certificate.fingerprint.spelled(.jetforce))
        self.set("TLS_CLIENT_HASH_B64", certificate.fingerprint.spelled(.urlSafeBase64))
        self.set("TLS_CLIENT_NOT_BEFORE", ifAny: certificate.notBefore?.description)
        self.set("TLS_CLIENT_NOT_AFTER", ifAny: certificate.notAfter?.description)
        self.set("TLS_CLIENT_SERIAL_NUMBER", ifAny: certificate.serialNumber)
        self.set("TLS_CLIENT_AUTHORISED", facts.server.authorizes?(certificate) == true ? "1" : "0")
    }

    mutating func addGmid(_ facts: GatewayFacts) {
        self.set("GATEWAY_INTERFACE", "CGI/1.1")
        self.set("GEMINI_URL_PATH", facts.decodedPathWithoutSlash)
        self.set("GEMINI_SEARCH_STRING", ifAny: facts.searchString(plusIsSpace: true))
        self.set("PATH_INFO", facts.path.pathInfo)
        if let translated = facts.path.pathTranslated { self.set("PATH_TRANSLATED", translated) }
        self.set("QUERY_STRING", facts.query)
        self.set("REMOTE_ADDR", facts.remoteAddress)
        self.set("REMOTE_HOST", facts.remoteAddress)
        self.set("REQUEST_METHOD", facts.method)
        self.set("SCRIPT_NAME", facts.path.scriptName)
        self.set("SERVER_NAME", facts.request.host.description)
        self.set("SERVER_PORT", "\(facts.urlPort)")
        self.set("SERVER_PROTOCOL", "GEMINI")
        self.set("SERVER_SOFTWARE", facts.server.software)
        guard let certificate = facts.certificate else {
            self.set("AUTH_TYPE", "")
            return
        }
        self.set("AUTH_TYPE", "CERTIFICATE")
        self.set("REMOTE_USER", certificate.subjectLine ?? "")
        self.set("TLS_CLIENT_ISSUER", certificate.issuerLine ?? "")
        self.set("TLS_CLIENT_HASH", certificate.fingerprint.spelled(.gmid))
        self.set("TLS_VERSION", ifAny: facts.request.tls?.version.rawValue)
        self.set("TLS_CIPHER", ifAny: facts.request.tls?.cipherSuite?.description)
        self.set("TLS_CIPHER_STRENGTH", ifAny: facts.request.tls?.cipherSuite?.keyBits.map { "\($0)" })
        self.set("TLS_CLIENT_NOT_BEFORE", ifAny: certificate.notBefore?.description)
        self.set("TLS_CLIENT_NOT_AFTER", ifAny: certificate.notAfter?.description)
    }

    mutating func addMollyBrown(_ facts: GatewayFacts) {
        if facts.carrier != .scgi { self.set("GATEWAY_INTERFACE", "CGI/1.1") }
        self.set("PATH_INFO", facts.path.pathInfo.drop { $0 == UInt8(ascii: "/") })
        self.set("QUERY_STRING", facts.query)
        self.set("REMOTE_ADDR", facts.remoteAddress)
        self.set("REQUEST_METHOD", "")
        self.set("SCRIPT_PATH", facts.path.scriptFile ?? facts.path.scriptName)
        self.set("SERVER_NAME", facts.serverName)
        self.set("SERVER_PORT", facts.port)
        self.set("SERVER_PROTOCOL", "GEMINI")
        self.set("SERVER_SOFTWARE", facts.server.software)
        guard let certificate = facts.certificate else { return }
        self.set("AUTH_TYPE", "Certificate")
        self.set("TLS_CLIENT_HASH", certificate.fingerprint.spelled(.lowerHexadecimal))
        self.set("TLS_CLIENT_ISSUER", certificate.issuer ?? "")
        self.set("TLS_CLIENT_ISSUER_CN", certificate.issuerCommonName ?? "")
        self.set("TLS_CLIENT_SUBJECT", certificate.subject ?? "")
        self.set("TLS_CLIENT_SUBJECT_CN", certificate.commonName ?? "")
    }

    mutating func addGmCapsule(_ facts: GatewayFacts) {
        self.set("GATEWAY_INTERFACE", "CGI/1.1")
        if !facts.isTitan {
            let query = facts.request.line.rawQuery.map { "?\($0)" } ?? ""
            self.set("GEMINI_URL", "gemini://\(facts.request.host)\(facts.request.path)\(query)")
            self.set("GEMINI_URL_PATH", facts.request.path)
        }
        self.set("GEMINI_QUERY_STRING", ifAny: facts.request.line.rawQuery.map(String.init))
        self.set("PATH_INFO", facts.path.pathInfo)
        self.set("QUERY_STRING", facts.query)
        self.set("REMOTE_ADDR", facts.remoteAddress)
        self.set("REMOTE_HOST", facts.remoteAddress)
        self.set("REMOTE_PORT", ifAny: facts.request.remoteAddress?.port.map { "\($0)" })
        self.set("SCRIPT_NAME", facts.path.scriptName)
        self.set("SERVER_NAME", facts.request.host.description)
        self.set("SERVER_PORT", facts.port)
        self.set("SERVER_PROTOCOL", "GEMINI")
        self.set("SERVER_SOFTWARE", facts.server.software)
        self.set("AUTH_TYPE", facts.certificate == nil ? "" : "Certificate")
        self.set("CONTENT_LENGTH", "")
        self.set("CONTENT_TYPE", "")
        self.set("REMOTE_USER", facts.certificate?.commonName ?? "")
        guard let certificate = facts.certificate else { return }
        self.set("REMOTE_IDENT", ifAny: Self.identities(of: certificate))
        self.set("TLS_CLIENT_HASH", certificate.fingerprint.spelled(.lowerHexadecimal))
        self.set("TLS_CLIENT_SUBJECT", certificate.subjectLine ?? "")
        self.set("TLS_CLIENT_ISSUER", certificate.issuerLine ?? "")
    }

    /// What no other server than GmCapsule has a program know, in every style.
    mutating func addTitan(_ facts: GatewayFacts) {
        guard let titan = facts.request.line.titan else { return }
        self.set("SERVER_PROTOCOL", "TITAN")
        self.set("TITAN_URL", facts.request.url.description)
        self.set("TITAN_URL_PATH", facts.request.path)
        if titan.isEdit { self.set("TITAN_EDIT", "1") }
        guard let parameters = titan.parameters else { return }
        self.set("CONTENT_LENGTH", "\(parameters.size)")
        self.set("CONTENT_TYPE", parameters.mediaType)
        self.set("TITAN_TOKEN", ifAny: parameters.token)
    }

    /// The hash of the certificate and that of its key, as GmCapsule has them.
    private static func identities(of certificate: ClientCertificate) -> String? {
        certificate.publicKeyFingerprint.map {
            "\(certificate.fingerprint.spelled(.lowerHexadecimal));\($0.spelled(.lowerHexadecimal))"
        }
    }
}
