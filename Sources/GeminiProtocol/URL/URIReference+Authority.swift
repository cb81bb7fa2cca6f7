extension URIReference.Authority: CustomStringConvertible {
    init(_ bytes: Span<UInt8>, _ split: URISplit.Authority, leniency: URILeniency) throws(URIError) {
        let component = URIComponent(allowed: .userinfo, leniency: leniency, isNormalizing: false)
        self.userinfo = try component.text(bytes, split.userinfo)
        self.host = split.host.isEmpty ? nil : try Host(url: bytes, split.host)
        self.port = try split.portNumber(bytes)
    }

    public var description: String {
        var text = ""
        if let userinfo = self.userinfo {
            text += userinfo
            text += "@"
        }
        if let host = self.host {
            text += host.description
        }
        if let port = self.port {
            text += ":"
            text += String(port)
        }
        return text
    }
}
