/// What settings are called by other servers, which people come from, and where settings belong that stand elsewhere.
enum ForeignNames {
    /// The setting of ours that was meant by a key that its table does not have, as a sentence names it; `nil` where only
    /// the spelling can tell.
    static func meaning(of key: String, in schema: TableSchema) -> String? {
        let names = [key] + (self.table[self.plain(key)] ?? [])
        let here = schema.settings.first { names.contains($0.name) }
        if let here { return here.header ?? "'\(here.name)'" }
        for name in names {
            for other in self.places {
                guard let setting = other.settings.first(where: { $0.name == name }) else { continue }
                return setting.header ?? "'\(name)' \(other.name.isEmpty ? "at the" : "in") \(self.title(of: other))"
            }
        }
        return nil
    }

    private static var places: [TableSchema] {
        [HostSettings.schema, Configuration.schema, LocationSettings.schema, LimitSettings.schema, LogSettings.schema]
    }

    private static func title(of schema: TableSchema) -> String {
        switch schema.name {
        case "": "top of the file"
        case HostSettings.schema.name, LocationSettings.schema.name: "[[\(schema.name)]]"
        default: "[\(schema.name)]"
        }
    }

    /// In small letters, without what joins words.
    private static func plain(_ key: String) -> String {
        key.lowercased().filter { $0 != "-" && $0 != "_" }
    }

    /// By jetforce, gmid, agate, molly-brown and web servers; in ours, the first that there is.
    private static let table: [String: [String]] = [
        "accesslog": ["access"],
        "addr": ["listen", "address"],
        "addresses": ["listen"],
        "alias": ["aliases"],
        "autoindex": ["listing"],
        "bind": ["listen", "address"],
        "cafile": ["certificate-authorities"],
        "cert": ["certificate"],
        "certfile": ["certificate"],
        "certificatezones": ["allow-certificates"],
        "certpath": ["certificate"],
        "cgidir": ["cgi"],
        "cgipath": ["cgi"],
        "cgipaths": ["cgi"],
        "content": ["root"],
        "defaultencoding": ["charset"],
        "defaultlang": ["language"],
        "dir": ["root"],
        "directory": ["root"],
        "directorylisting": ["listing"],
        "directorysort": ["listing-order"],
        "directorytitles": ["listing-titles"],
        "docbase": ["root"],
        "docroot": ["root"],
        "documentroot": ["root"],
        "domain": ["name"],
        "errorlog": ["level"],
        "fastcgipass": ["fastcgi"],
        "homedocbase": ["users"],
        "hostname": ["name"],
        "hostnames": ["aliases"],
        "indexfile": ["index"],
        "keyfile": ["key"],
        "keypath": ["key"],
        "lang": ["language"],
        "locations": ["location"],
        "logformat": ["format"],
        "logip": ["addresses"],
        "maxconnections": ["connections"],
        "mime": ["media-types"],
        "mimeoverrides": ["media-types"],
        "permredirects": ["redirect"],
        "port": ["listen", "address"],
        "ports": ["listen"],
        "privatekey": ["key"],
        "proxypass": ["proxy"],
        "readmollyfiles": ["meta-files"],
        "return": ["answer"],
        "rewrite": ["redirect"],
        "scgipaths": ["scgi"],
        "server": ["host"],
        "servername": ["name"],
        "sslcertificate": ["certificate"],
        "sslcertificatekey": ["key"],
        "tempredirects": ["redirect"],
        "tlscafile": ["certificate-authorities"],
        "tlscapath": ["certificate-authorities"],
        "tlscertfile": ["certificate"],
        "tlskeyfile": ["key"],
        "types": ["media-types"],
        "vhost": ["host"],
        "virtualhost": ["host"],
        "workers": ["reuse-port"],
    ]
}
